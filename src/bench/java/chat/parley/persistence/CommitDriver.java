package chat.parley.persistence;

import chat.parley.bench.baseline.Driver;
import chat.parley.model.Actor;
import chat.parley.model.Messages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The writer's own transaction, {@link Commit}, run alone: one connection, the next batch when the
 * last is committed, nobody to answer or to tell. What the database itself can take. In this
 * package because the transaction is.
 */
public final class CommitDriver implements Driver.Work {
  private static final int ROWS = 100;
  private static final int ROOMS_A_BATCH = 20;
  private static final String TEXT = "x".repeat(130);

  private static final String MEMBERS =
      """
      select m.room_id, m.user_id from members m join rooms r on r.id = m.room_id
      where r.name like $1 || ' %' order by m.room_id, m.user_id""";

  private final Pool pool;
  private final Commit commit;
  private final String rooms;
  private final List<List<Member>> byRoom = new ArrayList<>();
  private int next;

  private record Member(UUID roomId, UUID userId) {}

  /**
   * @param rooms how the names of the rooms to write to begin
   */
  public CommitDriver(Vertx vertx, String database, String rooms) {
    PgConnectOptions options =
        PersistenceVerticle.writerOptions(DatabaseAddress.parse(database, null, null));
    this.pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(options)
            .using(vertx)
            .build();
    this.commit = new Commit(pool);
    this.rooms = rooms;
  }

  @Override
  public Future<?> prepare() {
    return pool.preparedQuery(MEMBERS)
        .execute(Tuple.of(rooms))
        .onSuccess(
            rows -> {
              for (Row row : rows) {
                Member member = new Member(row.getUUID("room_id"), row.getUUID("user_id"));
                if (byRoom.isEmpty() || !last().get(0).roomId.equals(member.roomId)) {
                  byRoom.add(new ArrayList<>());
                }
                last().add(member);
              }
            });
  }

  private List<Member> last() {
    return byRoom.get(byRoom.size() - 1);
  }

  @Override
  public Future<Integer> once() {
    List<Send> batch = new ArrayList<>(ROWS);
    for (int room = 0; room < ROOMS_A_BATCH; room++) {
      List<Member> members = byRoom.get(next++ % byRoom.size());
      for (int i = 0; i < ROWS / ROOMS_A_BATCH; i++) {
        batch.add(send(members.get(i % members.size())));
      }
    }
    return commit
        .run(batch, false)
        .map(
            done -> {
              List<Commit.Result> results = done.results();
              if (results.stream().anyMatch(each -> each.status() != Commit.Result.Status.STORED)) {
                throw new IllegalStateException("Not stored");
              }
              return results.size();
            });
  }

  private static Send send(Member member) {
    Actor actor = new Actor(member.userId, "bench");
    return new Send(
        new Messages.Post(actor, member.roomId, chat.parley.model.Ids.next(), TEXT),
        Long.MAX_VALUE);
  }
}
