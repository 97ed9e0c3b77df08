package chat.parley.persistence;

import chat.parley.model.OwnPlace;
import chat.parley.model.Room;
import chat.parley.model.Rooms;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** What somebody sets in a room for themselves: O(log n), and no room is locked. */
final class OwnPlaceStore {
  /** The mark's row first, then the person's head: the order of everybody who takes both. */
  static final String CHANGE =
      """
      with was as materialized (
        select r.notify, r.pinned_at, r.hidden_seq, r.unread, h.last_seq
        from read_marks r join room_heads h using (room_id)
        where r.room_id = $2 and r.user_id = $1 for no key update of r),
      wish as materialized (
        select case when $3::text is null then notify else nullif($3, 'all') end as notify,
          case when $4::boolean is null then pinned_at when $4 then coalesce(pinned_at, now()) end as pinned_at,
          case when $5::boolean is null then hidden_seq when $5 then last_seq end as hidden_seq,
          case when $6::boolean is null then unread when $6 then true end as unread
        from was),
      bumped as (
        update user_heads set version = version + 1
        where user_id = $1 and exists (select from was, wish
          where (was.notify, was.pinned_at, was.hidden_seq, was.unread) is distinct from
            (wish.notify, wish.pinned_at, wish.hidden_seq, wish.unread))
        returning version),
      stored as (
        update read_marks r set notify = wish.notify, pinned_at = wish.pinned_at, hidden_seq = wish.hidden_seq,
          unread = wish.unread, user_version = bumped.version
        from wish, bumped where r.room_id = $2 and r.user_id = $1)
      select (select version from bumped) as user_version from was
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  OwnPlaceStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** Changes my place; what is as it was already raises no version. */
  Future<Outcome<Room.MyPlace>> change(OwnPlace.Change q) {
    return postgres.write(q.actor(), connection -> change(connection, q));
  }

  private Future<Outcome<Room.MyPlace>> change(SqlConnection connection, OwnPlace.Change q) {
    UUID me = q.actor().userId();
    OwnPlace.Wish wish = q.wish();
    Tuple arguments =
        Tuple.of(me, q.roomId())
            .addString(wish.notifications() == null ? null : Rows.stored(wish.notifications()))
            .addBoolean(wish.pinned())
            .addBoolean(wish.hidden())
            .addBoolean(wish.unread());
    return connection
        .preparedQuery(CHANGE)
        .execute(arguments)
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : rooms
                        .get(connection, new Rooms.Get(me, q.roomId()))
                        .map(room -> changed(q, Rows.first(rows), room.me())));
  }

  private static Outcome<Room.MyPlace> changed(OwnPlace.Change q, Row row, Room.MyPlace place) {
    Long version = row.getLong("user_version");
    UserEvent told = version == null ? null : new UserEvent.Place(version, q.roomId(), place);
    return told == null
        ? Outcome.silent(place)
        : new Outcome<>(place, List.of(), List.of(UserNotice.of(q.actor().userId(), told)));
  }
}
