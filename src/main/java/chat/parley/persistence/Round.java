package chat.parley.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * One step of somebody's way through their rooms, in a transaction that has locked the row of the
 * round. Who looks different is shown anew in one more room. Who leaves is first taken out of all
 * rooms, also of direct ones, so that nothing of theirs can come any more; only then their words
 * go, if they are to.
 */
final class Round {
  private static final String NEXT_ROOM =
      "select room_id from members where user_id = $1 and room_id > $2 order by room_id limit 1";

  private static final String NEXT_FORMER_ROOM =
      """
      select room_id from former_members where user_id = $1 and room_id > $2 order by room_id limit 1
      """;

  private static final String CAME_TO =
      "update rounds set room_id = $2, seq = $3 where user_id = $1";

  private static final String DONE = "delete from rounds where user_id = $1";

  private static final String NEW_VERSION =
      "update members set version = $3 where room_id = $1 and user_id = $2";

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final SqlConnection connection;
  private final Membership membership;
  private final UUID userId;
  private final boolean leaving;
  private final boolean removesMessages;
  private final UUID roomId;
  private final long seq;

  /** Columns user_id, leaving, remove_messages, room_id, seq. */
  Round(SqlConnection connection, Membership membership, Row row) {
    this.connection = connection;
    this.membership = membership;
    this.userId = row.getUUID("user_id");
    this.leaving = row.getBoolean("leaving");
    this.removesMessages = row.getBoolean("remove_messages");
    this.roomId = row.getUUID("room_id");
    this.seq = row.getLong("seq");
  }

  Future<Outcome<Boolean>> step() {
    return leaving ? leave() : show();
  }

  private Future<Outcome<Boolean>> show() {
    return next(NEXT_ROOM, roomId)
        .compose(
            room ->
                room == null
                    ? done()
                    : RoomChange.within(connection, userId, room, this::showIn)
                        .compose(outcome -> cameTo(room, 0, outcome)));
  }

  private Future<Boolean> showIn(RoomChange change) {
    if (change.role == null) {
      return Future.succeededFuture(true);
    }
    Tuple version = Tuple.of(change.roomId, userId, change.nextVersion());
    return connection
        .preparedQuery(NEW_VERSION)
        .execute(version)
        .compose(renewed -> membership.person(change, userId))
        .onSuccess(row -> change.announce(Rows.member(row)))
        .map(true);
  }

  private Future<Outcome<Boolean>> leave() {
    return next(NEXT_ROOM, BEFORE_ALL)
        .compose(
            room ->
                room != null
                    ? RoomChange.within(connection, userId, room, this::leaveIt)
                    : removesMessages ? removeMessages() : done());
  }

  private Future<Boolean> leaveIt(RoomChange change) {
    if (change.role == null) {
      return Future.succeededFuture(true);
    }
    return membership
        .person(change, userId)
        .compose(row -> membership.leave(change, Rows.person(row)))
        .map(true);
  }

  private Future<Outcome<Boolean>> removeMessages() {
    return roomId.equals(BEFORE_ALL)
        ? toNextFormerRoom(Outcome.silent(true))
        : Tombstones.some(connection, userId, roomId, seq)
            .compose(
                outcome ->
                    outcome.answer() == null
                        ? toNextFormerRoom(moved(outcome))
                        : cameTo(roomId, outcome.answer(), moved(outcome)));
  }

  private Future<Outcome<Boolean>> toNextFormerRoom(Outcome<Boolean> outcome) {
    return next(NEXT_FORMER_ROOM, roomId)
        .compose(room -> room == null ? done(outcome) : cameTo(room, 0, outcome));
  }

  private Future<UUID> next(String sql, UUID after) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(userId, after))
        .map(rows -> rows.size() == 0 ? null : Rows.first(rows).getUUID("room_id"));
  }

  private Future<Outcome<Boolean>> cameTo(UUID room, long to, Outcome<Boolean> outcome) {
    return connection.preparedQuery(CAME_TO).execute(Tuple.of(userId, room, to)).map(outcome);
  }

  private Future<Outcome<Boolean>> done() {
    return done(Outcome.silent(true));
  }

  private Future<Outcome<Boolean>> done(Outcome<Boolean> outcome) {
    return connection.preparedQuery(DONE).execute(Tuple.of(userId)).map(outcome);
  }

  private static Outcome<Boolean> moved(Outcome<?> outcome) {
    return new Outcome<>(true, outcome.batches(), outcome.notices());
  }
}
