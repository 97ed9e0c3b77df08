package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Avatars;
import chat.parley.model.Line;
import chat.parley.model.Permissions;
import chat.parley.model.Room;
import chat.parley.model.RoomPictures;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.UUID;

/** The pictures of rooms, one each. The old one is gone with the transaction of the new. */
final class RoomPictureStore {
  private static final String POINT =
      """
      update rooms set avatar_url = $3, version = $2 where id = $1
      returning kind as room_kind, name as room_name, topic, avatar_url as room_avatar, archived_at, posting, history,
        coalesce(retention_days, nullif(current_setting('parley.retention_days', true)::int, 0)) as retention
      """;

  private static final String KEEP =
      """
      insert into room_pictures (room_id, hash, type, bytes) values ($1, $2, $3, $4)
      on conflict (room_id) do update
        set hash = excluded.hash, type = excluded.type, bytes = excluded.bytes, created_at = now()
      """;

  private static final String FORGET = "delete from room_pictures where room_id = $1";

  /** Members see it, and of a public room everybody. */
  static final String FIND =
      """
      select p.hash, p.type, p.bytes
      from rooms r
      left join members me on me.room_id = r.id and me.user_id = $1
      join room_pictures p on p.room_id = r.id
      where r.id = $2 and r.deleted_at is null and (me.user_id is not null or r.kind = 'public')
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  RoomPictureStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** The room as the actor sees it afterwards; the same picture again changes nothing. */
  Future<Outcome<Room>> keep(RoomPictures.Keep q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireNotDirect();
          change.require(Permissions.Deed.DESCRIBE);
          String url = url(q.roomId(), q.picture());
          return (Objects.equals(url, change.room.avatarUrl())
                  ? Future.<Void>succeededFuture()
                  : store(change, url, q.picture()))
              .compose(done -> rooms.view(change, q.actor().userId()));
        });
  }

  /** The address carries the hash, so that what is behind it never changes. */
  private static String url(UUID roomId, Avatars.Picture picture) {
    return picture == null ? null : "/api/v1/chat/rooms/" + roomId + "/avatar?v=" + picture.hash();
  }

  /** Both are null for none. */
  static Future<Void> store(RoomChange change, String url, Avatars.Picture picture) {
    long version = change.nextVersion();
    return change
        .connection
        .preparedQuery(POINT)
        .execute(Tuple.of(change.roomId, version, url))
        .onSuccess(rows -> change.announce(Rows.room(Rows.first(rows), change.roomId, version)))
        .compose(
            pointed ->
                picture == null
                    ? change.connection.preparedQuery(FORGET).execute(Tuple.of(change.roomId))
                    : change.connection.preparedQuery(KEEP).execute(row(change, picture)))
        .compose(stored -> change.line(Line.Kind.PICTURE, null, null));
  }

  private static Tuple row(RoomChange change, Avatars.Picture picture) {
    return Tuple.of(change.roomId, picture.hash(), picture.type(), Buffer.buffer(picture.bytes()));
  }

  /**
   * Read each time, as who may see it changes; browsers keep it. NOT_FOUND is all that others
   * learn.
   */
  Future<Avatars.Picture> get(RoomPictures.Get q) {
    return postgres
        .read(FIND, Tuple.of(q.readerId(), q.roomId()))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return AvatarStore.picture(Rows.first(rows));
            });
  }
}
