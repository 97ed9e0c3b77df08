package chat.parley.persistence;

import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Goes through all rooms of people who look different now, or who are gone: what a room shows of
 * them changes, so it has its version of it, and those who listen hear. A step is one transaction
 * in one room, see {@link Round}, and writes down how far it came; so a round goes on after any
 * crash, on whatever node. Nodes take turns by the row of the round, and no two walk it at once.
 * Costs some ten statements a room: 1,000 rooms take seconds, and nobody waits for it. Used on one
 * event loop.
 */
final class Rounds {
  /** Again from the first room; who is leaving goes on leaving. */
  private static final String SHOW_ANEW =
      """
      insert into rounds (user_id, leaving) values ($1, false)
      on conflict (user_id) do update set room_id = excluded.room_id, asked_at = now() where not rounds.leaving
      """;

  private static final String LEAVE =
      """
      insert into rounds (user_id, leaving, remove_messages) values ($1, true, $2)
      on conflict (user_id) do update
        set leaving = true, remove_messages = excluded.remove_messages, room_id = excluded.room_id, seq = 0
      """;

  static final String OPEN = "select user_id from rounds order by user_id limit 20";

  private static final String LOCK =
      """
      select user_id, leaving, remove_messages, room_id, seq from rounds where user_id = $1 for update skip locked
      """;

  private final Postgres postgres;
  private final Membership membership;
  private final Consumer<Outcome<Boolean>> announcer;
  private final Walk<UUID> walk = new Walk<>("Going through rooms", this::open, this::step);

  Rounds(Postgres postgres, Membership membership, Consumer<Outcome<Boolean>> announcer) {
    this.postgres = postgres;
    this.membership = membership;
    this.announcer = announcer;
  }

  /** As part of the change after which somebody looks different. */
  static Future<Void> showAnew(SqlConnection connection, UUID userId) {
    return connection.preparedQuery(SHOW_ANEW).execute(Tuple.of(userId)).mapEmpty();
  }

  /** As part of what wipes an account. */
  static Future<Void> leave(SqlConnection connection, UUID userId, boolean removeMessages) {
    return connection.preparedQuery(LEAVE).execute(Tuple.of(userId, removeMessages)).mapEmpty();
  }

  /** Goes on until there is nothing left to do here. */
  void goOn() {
    walk.goOn();
  }

  private Future<List<UUID>> open() {
    return postgres
        .read(OPEN, Tuple.tuple())
        .map(rows -> Rows.list(rows, row -> row.getUUID("user_id")));
  }

  /** False when another node is at it. */
  private Future<Boolean> step(UUID userId) {
    return postgres
        .<Outcome<Boolean>>write(
            new Actor(userId, null),
            connection ->
                connection
                    .preparedQuery(LOCK)
                    .execute(Tuple.of(userId))
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? Future.succeededFuture(Outcome.silent(false))
                                : new Round(connection, membership, Rows.first(rows)).step()))
        .onSuccess(announcer::accept)
        .map(Outcome::answer);
  }
}
