package chat.parley.persistence;

import chat.parley.model.Carried;
import chat.parley.model.FoldedText;
import chat.parley.model.Grams;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as the search index has it. Whoever writes rows of a room locks its mark first, and
 * only then looks at what is to be written.
 */
final class SearchRows {
  /** Takes the arguments of what follows it among {@link Tombstones}' statements. */
  static final String LOCK_FOR_MESSAGES =
      "select seq from search_marks where room_key = $1 and $2::bigint[] is not null for update";

  static final String FORGET =
      """
      delete from message_search s using messages m
      where m.room_key = $1 and m.seq = any($2::bigint[])
        and s.room_key = m.room_key and s.sent_at = m.sent_at and s.seq = m.seq
      """;

  private static final String LOCK = "select seq from search_marks where room_key = $1 for update";

  private static final String SAYS =
      "select seq, sent_at, sender_id, body, attachments from messages where room_key = $1 and seq = $2";

  /** What is not in the index yet is read by whoever brings it there. */
  private static final String REPLACE =
      "update message_search set grams = $4::text::int[] where room_key = $1 and sent_at = $2 and seq = $3";

  private SearchRows() {}

  /** As part of a change of what a message says. */
  static Future<Void> changed(RoomChange change, long seq) {
    return change
        .connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(change.roomKey))
        .compose(
            locked ->
                locked.size() == 0 || Rows.first(locked).getLong("seq") < seq
                    ? Future.succeededFuture()
                    : change
                        .connection
                        .preparedQuery(SAYS)
                        .execute(Tuple.of(change.roomKey, seq))
                        .compose(rows -> replace(change, Rows.first(rows))));
  }

  private static Future<Void> replace(RoomChange change, Row row) {
    return change
        .connection
        .preparedQuery(REPLACE)
        .execute(
            Tuple.of(
                change.roomKey,
                row.getOffsetDateTime("sent_at"),
                row.getLong("seq"),
                grams(row, change.roomKey)))
        .mapEmpty();
  }

  /**
   * The column {@code grams} of a message with the columns seq, sender_id, body and attachments.
   */
  static String grams(Row row, long roomKey) {
    FoldedText text = FoldedText.of(row.getString("body"));
    var attachments = AttachmentRow.read(row);
    List<FoldedText> texts = new ArrayList<>(List.of(text));
    if (attachments != null) {
      attachments.forEach(each -> texts.add(FoldedText.of(each.name())));
    }
    int[] grams = Grams.of(texts, row.getUUID("sender_id"), Carried.by(text, attachments));
    long stretch = roomKey * 40503 + (row.getLong("seq") >> 12) & 131071;
    StringBuilder column = new StringBuilder(grams.length * 11 + 2).append('{');
    for (int gram : grams) {
      column.append(column.length() == 1 ? "" : ",").append(stretch << 14 | gram);
    }
    return column.append('}').toString();
  }
}
