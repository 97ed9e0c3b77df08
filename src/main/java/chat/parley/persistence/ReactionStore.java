package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Json;
import chat.parley.model.OneMessage;
import chat.parley.model.Page;
import chat.parley.model.Person;
import chat.parley.model.Reaction;
import chat.parley.model.Reactions;
import chat.parley.model.UserEvent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reactions: a row each, and beside it what everybody is shown, counted along. O(kinds · log n), at
 * any number of people.
 */
final class ReactionStore {
  private static final String INSERT =
      """
      insert into reactions (room_key, seq, emoji, user_id, version) values ($1, $2, $3, $4, $5)
      """;

  private static final String DELETE =
      """
      delete from reactions where room_key = $1 and seq = $2 and emoji = $3 and user_id = $4
      """;

  static final String FIRST =
      """
      select user_id from reactions where room_key + 0 = $1 and seq = $2 and emoji = $3 order by version limit $4
      """;

  private static final String SHOW =
      """
      update messages set reactions = $3::jsonb, version = $4 where room_key = $1 and seq = $2
      """;

  static final String WHO =
      """
      select m.seq, r.version, r.user_id, u.username, u.display_name, u.avatar_url
      from members me
      join room_heads h on h.room_id = me.room_id
      left join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= me.from_seq
      left join lateral (
        select user_id, version from reactions where room_key + 0 = h.room_key and seq = m.seq and emoji = $4 and version > $5
        order by version limit $6) r on true
      left join users u on u.id = r.user_id
      where me.room_id = $2 and me.user_id = $1
      order by r.version
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  ReactionStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** Reacts; whoever has reacted so gets the same answer. */
  Future<Outcome<OneMessage>> add(Reactions.React q) {
    return turn(q, turn -> turn.isMine() ? turn.unchanged() : turn.add());
  }

  /** Takes a reaction back; one that is not there changes nothing. */
  Future<Outcome<OneMessage>> remove(Reactions.React q) {
    return turn(q, turn -> turn.isMine() ? turn.remove() : turn.unchanged());
  }

  private Future<Outcome<OneMessage>> turn(
      Reactions.React q, Function<Turn, Future<OneMessage>> work) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change ->
            TargetMessage.find(change, q.seq())
                .compose(
                    target -> {
                      target.requireThere();
                      change.requireOpen();
                      return ReactionRow.mine(change, q.seq())
                          .compose(mine -> work.apply(new Turn(change, target, q.emoji(), mine)));
                    }));
  }

  /** One reaction, under the room's lock; {@code mine} are the actor's own so far. */
  private record Turn(RoomChange change, TargetMessage target, String emoji, List<String> mine) {
    boolean isMine() {
      return mine.contains(emoji);
    }

    Future<OneMessage> unchanged() {
      return change.look(target.seq()).map(found -> new OneMessage(found.get(0), mine));
    }

    Future<OneMessage> add() {
      if (!Reaction.fits(target.reactions(), emoji)) {
        throw Problem.CONFLICT.because(
            "A message has at most " + Reaction.KINDS + " kinds of reaction");
      }
      long version = change.nextVersion();
      List<String> more = new ArrayList<>(mine);
      more.add(emoji);
      return run(INSERT, row().addUUID(change.actorId).addLong(version))
          .compose(
              added ->
                  show(Reaction.with(target.reactions(), emoji, change.actorId), version, more));
    }

    Future<OneMessage> remove() {
      List<String> less = mine.stream().filter(each -> !each.equals(emoji)).toList();
      return run(DELETE, row().addUUID(change.actorId))
          .compose(removed -> run(FIRST, row().addInteger(Reaction.SOME)))
          .map(rows -> Rows.list(rows, first -> first.getUUID("user_id")))
          .compose(
              some ->
                  show(
                      Reaction.without(target.reactions(), emoji, some),
                      change.nextVersion(),
                      less));
    }

    private Tuple row() {
      return Tuple.of(change.roomKey, target.seq(), emoji);
    }

    private Future<RowSet<Row>> run(String sql, Tuple arguments) {
      return change.connection.preparedQuery(sql).execute(arguments);
    }

    private Future<OneMessage> show(List<Reaction> all, long version, List<String> own) {
      JsonArray stored = all.isEmpty() ? null : new JsonArray(Buffer.buffer(Json.bytes(all)));
      Tuple row = Tuple.of(change.roomKey, target.seq(), stored, version);
      return run(SHOW, row)
          .compose(shown -> change.nextUserVersion(change.actorId))
          .onSuccess(
              mineNow ->
                  change.notify(
                      change.actorId,
                      new UserEvent.Reacted(mineNow, change.roomId, target.seq(), version, own)))
          .compose(told -> change.show(target.seq()))
          .map(shown -> new OneMessage(shown.get(0), own));
    }
  }

  /** Who reacted so, in the order in which they did; nobody is an empty page. */
  Future<Page<Person, Long>> who(Reactions.Who q) {
    Tuple arguments =
        Tuple.of(q.readerId(), q.roomId(), q.seq(), q.emoji())
            .addLong(q.after() == null ? 0 : q.after())
            .addInteger(q.limit() + 1);
    return postgres
        .read(WHO, arguments)
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return rooms.notMine(q.roomId());
              }
              if (Rows.first(rows).getLong("seq") == null) {
                throw Problem.NOT_FOUND.failure();
              }
              return Future.succeededFuture(page(rows, q.limit()));
            });
  }

  private static Page<Person, Long> page(RowSet<Row> rows, int limit) {
    List<Row> people =
        Rows.list(rows, row -> row).stream().filter(row -> row.getUUID("user_id") != null).toList();
    Page<Row, Long> page = Page.of(people, limit, row -> row.getLong("version"));
    return new Page<>(page.items().stream().map(Rows::person).toList(), page.next());
  }
}
