package chat.parley.persistence;

import chat.parley.model.Actor;
import chat.parley.model.Links;
import chat.parley.model.Message;
import chat.parley.model.OneMessage;
import chat.parley.model.Permissions;
import chat.parley.model.Preview;
import chat.parley.model.Previews;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** What links lead to, beside the messages that they stand in. */
final class PreviewStore {
  private static final Actor NOBODY = new Actor(null, null);

  /** None is wanted: unlike none yet, it stays. */
  private static final JsonObject REFUSED = new JsonObject();

  static final String FIND =
      """
      select m.body from messages m
      where m.room_key = $1 and m.seq = $2 and m.deleted_at is null and m.preview is null
      """;

  static final String SHOW =
      """
      update messages set preview = $3::jsonb, version = $4 where room_key = $1 and seq = $2
      """;

  /** Where nothing is shown yet nothing changes for anybody, so the version stays. */
  static final String REFUSE =
      """
      update messages set preview = $3::jsonb where room_key = $1 and seq = $2
      """;

  /** Its picture is seen by whoever sees the message, as what it carries is. */
  static final String CARRY =
      """
      with carried as (
        insert into attachments (room_key, seq, position, media_id)
        select $1::bigint, $2::bigint, -1, f.id from media f where f.id = $3 and f.owner_id is null
        returning media_id)
      update media set sent_at = now(), unused_since = null where id in (select media_id from carried)
      """;

  static final String DROP =
      """
      with gone as (
        delete from attachments where room_key = $1 and seq = $2 and position = -1 returning media_id)
      """
          + AttachmentStore.FREE;

  private final Postgres postgres;

  PreviewStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** False when the message has meanwhile gone, says something else, or wants none. */
  Future<Outcome<Boolean>> keep(Previews.Keep q) {
    return RoomChange.run(
        postgres,
        NOBODY,
        q.roomId(),
        change ->
            change
                .connection
                .preparedQuery(FIND)
                .execute(Tuple.of(change.roomKey, q.seq()))
                .compose(
                    rows -> {
                      Row row = Rows.first(rows);
                      return row != null
                              && q.preview().url().equals(Links.first(row.getString("body")))
                          ? carry(change, q)
                              .compose(carried -> show(change, q.seq(), stored(q.preview())))
                              .map(true)
                          : Future.succeededFuture(false);
                    }));
  }

  private static Future<?> carry(RoomChange change, Previews.Keep q) {
    return q.preview().image() == null
        ? Future.succeededFuture()
        : change
            .connection
            .preparedQuery(CARRY)
            .execute(Tuple.of(change.roomKey, q.seq(), q.preview().image()));
  }

  /** The picture of a message's preview, if it has one, is shown no longer. */
  static Future<?> drop(RoomChange change, long seq) {
    return change.connection.preparedQuery(DROP).execute(Tuple.of(change.roomKey, seq));
  }

  private static JsonObject stored(Preview preview) {
    return new JsonObject()
        .put("url", preview.url())
        .put("title", preview.title())
        .put("description", preview.description())
        .put("site", preview.site())
        .put("image", preview.image() == null ? null : preview.image().toString());
  }

  private static Future<List<Message>> show(RoomChange change, long seq, JsonObject preview) {
    return change
        .connection
        .preparedQuery(SHOW)
        .execute(Tuple.of(change.roomKey, seq, preview, change.nextVersion()))
        .compose(done -> change.show(seq));
  }

  /** For the author and those who keep order, also in an archived room; it does not come again. */
  Future<Outcome<OneMessage>> remove(Previews.Remove q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change ->
            TargetMessage.find(change, q.seq())
                .compose(
                    target -> {
                      if (!target.senderId().equals(change.actorId)) {
                        change.require(Permissions.Deed.DELETE_MESSAGE_OF_OTHERS);
                      }
                      target.requireThere();
                      return refuse(change, q.seq());
                    })
                .compose(shown -> ReactionRow.beside(change, shown.get(0))));
  }

  private static Future<List<Message>> refuse(RoomChange change, long seq) {
    return change
        .look(seq)
        .compose(
            now ->
                now.get(0).preview() != null
                    ? drop(change, seq).compose(dropped -> show(change, seq, REFUSED))
                    : change
                        .connection
                        .preparedQuery(REFUSE)
                        .execute(Tuple.of(change.roomKey, seq, REFUSED))
                        .map(now));
  }
}
