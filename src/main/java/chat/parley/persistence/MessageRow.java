package chat.parley.persistence;

import chat.parley.model.Message;
import chat.parley.model.Person;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * A message as every statement that shows one selects it, so that a message looks the same on every
 * path: {@code m} is its row, {@link #PEOPLE} joins whom it names.
 */
final class MessageRow {
  static final String COLUMNS =
      """
      m.seq, m.version, m.client_id, m.body, m.sent_at, m.edited_at, m.deleted_at, m.reply_to, m.thread_of,
        m.thread_replies, m.thread_last, m.mentions, m.mentions_room, m.pinned_at, m.forwarded_at, m.reactions, m.attachments, m.preview,
        origin.id as origin_id, origin.username as origin_username, origin.display_name as origin_name,
        origin.avatar_url as origin_avatar,
        m.sender_id as user_id, u.username, u.display_name, u.avatar_url
      """;

  static final String PEOPLE =
      """
      left join users u on u.id = m.sender_id
      left join users origin on origin.id = m.forwarded_sender
      """;

  /** Messages of a room by seq, as everybody sees them, in the order of their changes. */
  static final String BY_SEQ =
      "select "
          + COLUMNS
          + """
      from messages m
      """
          + PEOPLE
          + """
      where m.room_key = $1 and m.seq = any($2::bigint[]) order by m.version
      """;

  private MessageRow() {}

  static Message read(Row row, UUID roomId) {
    return new Message(
        roomId,
        row.getLong("seq"),
        row.getLong("version"),
        row.getUUID("client_id"),
        Rows.person(row),
        row.getString("body"),
        Rows.instant(row, "sent_at"),
        Rows.instant(row, "edited_at"),
        Rows.instant(row, "deleted_at"),
        row.getLong("reply_to"),
        row.getLong("thread_of"),
        thread(row),
        origin(row),
        mentions(row),
        row.getBoolean("mentions_room"),
        Rows.instant(row, "pinned_at"),
        ReactionRow.read(row),
        AttachmentRow.read(row),
        PreviewRow.read(row));
  }

  /** What has just been stored, by what {@link Commit#INSERT} answers of it. */
  static Message stored(Row row, Send send) {
    return new Message(
        send.key.roomId(),
        row.getLong("seq"),
        row.getLong("version"),
        send.key.clientId(),
        new Person(
            send.key.senderId(),
            row.getString("username"),
            row.getString("display_name"),
            row.getString("avatar_url")),
        send.text,
        Rows.instant(row, "sent_at"),
        null,
        null,
        send.context.replyTo(),
        send.context.threadOf(),
        null,
        send.context.forwarded() == null ? null : origin(row),
        null,
        null,
        null,
        null,
        send.context.carries().isEmpty() ? null : AttachmentRow.read(row),
        null);
  }

  private static Message.Thread thread(Row row) {
    Integer replies = row.getInteger("thread_replies");
    return replies == null ? null : new Message.Thread(replies, row.getLong("thread_last"));
  }

  private static Message.Origin origin(Row row) {
    UUID id = row.getUUID("origin_id");
    return id == null
        ? null
        : new Message.Origin(
            new Person(
                id,
                row.getString("origin_username"),
                row.getString("origin_name"),
                row.getString("origin_avatar")),
            Rows.instant(row, "forwarded_at"));
  }

  private static List<UUID> mentions(Row row) {
    UUID[] ids = row.getArrayOfUUIDs("mentions");
    return ids == null ? null : List.of(ids);
  }
}
