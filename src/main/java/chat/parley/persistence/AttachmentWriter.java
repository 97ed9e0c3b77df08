package chat.parley.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Notes which files the messages of a batch carry, in the writer's transaction; what is shown of
 * them is in the messages' rows by then. Only for batches in which something is carried.
 */
final class AttachmentWriter {
  /** Messages that are known from before have theirs, and a tombstone has none. */
  static final String CARRY =
      """
      with carried as (
        insert into attachments (room_key, seq, position, media_id)
        select m.room_key, m.seq, c.n - 1, (c.file ->> 'id')::uuid
        from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as i(room_id, sender_id, client_id)
          join room_heads h on h.room_id = i.room_id
          join messages m on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key
          cross join lateral jsonb_array_elements(m.attachments) with ordinality c(file, n)
        on conflict do nothing
        returning media_id)
      update media set sent_at = coalesce(sent_at, now()), unused_since = null
      where id in (select media_id from carried) and (sent_at is null or unused_since is not null)
      """;

  private AttachmentWriter() {}

  static Future<?> carry(SqlConnection connection, List<Send> sends) {
    List<Send> carrying = sends.stream().filter(send -> !send.context.carries().isEmpty()).toList();
    return carrying.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(CARRY)
            .execute(
                Tuple.of(
                    carrying.stream().map(send -> send.key.roomId()).toArray(UUID[]::new),
                    carrying.stream().map(send -> send.key.senderId()).toArray(UUID[]::new),
                    carrying.stream().map(send -> send.key.clientId()).toArray(UUID[]::new)));
  }
}
