package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Message;
import chat.parley.model.OneMessage;
import chat.parley.model.Permissions;
import chat.parley.model.Pins;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Messages that a room keeps in sight; at most {@link Pins#MOST}, found by an index of their own.
 */
final class PinStore {
  private static final String COUNT =
      """
      select count(*) as n from messages where room_key = $1 and pinned_at is not null
      """;

  private static final String PIN =
      """
      update messages set version = $3, pinned_at = clock_timestamp() where room_key = $1 and seq = $2
      """;

  private static final String UNPIN =
      """
      update messages set version = $3, pinned_at = null where room_key = $1 and seq = $2
      """;

  static final String LIST =
      "select "
          + MessageRow.COLUMNS
          + ","
          + ReactionRow.MINE
          + """
      from members reader
      join room_heads h on h.room_id = reader.room_id
      left join messages m on m.room_key = h.room_key and m.pinned_at is not null and m.seq >= reader.from_seq
      """
          + MessageRow.PEOPLE
          + """
      where reader.room_id = $2 and reader.user_id = $1
      order by m.pinned_at desc, m.seq desc
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  PinStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  Future<Outcome<OneMessage>> pin(Pins.Pin q) {
    return change(q, true);
  }

  Future<Outcome<OneMessage>> unpin(Pins.Pin q) {
    return change(q, false);
  }

  private Future<Outcome<OneMessage>> change(Pins.Pin q, boolean pinned) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change ->
            TargetMessage.find(change, q.seq())
                .compose(
                    target -> {
                      change.require(Permissions.Deed.PIN);
                      target.requireThere();
                      change.requireOpen();
                      return target.pinned() == pinned
                          ? change.look(q.seq())
                          : set(change, q.seq(), pinned);
                    })
                .compose(shown -> ReactionRow.beside(change, shown.get(0))));
  }

  private static Future<List<Message>> set(RoomChange change, long seq, boolean pinned) {
    return (pinned ? requireRoom(change) : Future.succeededFuture())
        .compose(
            may ->
                change
                    .connection
                    .preparedQuery(pinned ? PIN : UNPIN)
                    .execute(Tuple.of(change.roomKey, seq, change.nextVersion())))
        .compose(set -> change.show(seq));
  }

  private static Future<Void> requireRoom(RoomChange change) {
    return change
        .connection
        .preparedQuery(COUNT)
        .execute(Tuple.of(change.roomKey))
        .map(
            rows -> {
              if (Rows.first(rows).getLong("n") >= Pins.MOST) {
                throw Problem.CONFLICT.because(
                    "A room has at most " + Pins.MOST + " pinned messages");
              }
              return null;
            });
  }

  /** All of them, the newest pin first. */
  Future<Pins> list(Pins.ListPins q) {
    return postgres
        .read(LIST, Tuple.of(q.readerId(), q.roomId()))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(pins(rows, q.roomId())));
  }

  private static Pins pins(RowSet<Row> rows, UUID roomId) {
    if (Rows.first(rows).getLong("seq") == null) {
      return new Pins(List.of(), Map.of());
    }
    Map<Long, List<String>> mine = new HashMap<>();
    rows.forEach(row -> ReactionRow.note(row, mine));
    return new Pins(Rows.list(rows, row -> MessageRow.read(row, roomId)), mine);
  }
}
