package chat.parley.persistence;

import chat.parley.model.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Tells administrators of words that the filter has found, in the transaction that stores them: a
 * message is never there without its report. Only for batches in which there is one.
 */
final class FlagWriter {
  /** What had been stored before was judged then. */
  static final String FLAG =
      """
      insert into reports (id, room_id, seq, author_id, reason, note)
      select i.id, h.room_id, m.seq, m.sender_id, 'filter', i.word
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as i(id, room_id, sender_id, client_id, word)
        join room_heads h on h.room_id = i.room_id
        join messages m on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key
      where m.xmin = pg_current_xact_id()::xid
      on conflict do nothing
      """;

  /** It says something else now, so whoever has looked at it looks again. */
  static final String FLAG_EDITED =
      """
      insert into reports (id, room_id, seq, author_id, reason, note) values ($1, $2, $3, $4, 'filter', $5)
      on conflict (room_id, seq) where reporter_id is null do update
        set note = excluded.note, created_at = excluded.created_at, handled_by = null, handled_at = null, outcome = null
      """;

  private FlagWriter() {}

  static Future<?> flag(SqlConnection connection, List<Send> sends) {
    List<Send> flagged = sends.stream().filter(send -> send.words.flagged() != null).toList();
    return flagged.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(FLAG)
            .execute(
                Tuple.of(
                    flagged.stream().map(send -> Ids.next()).toArray(UUID[]::new),
                    flagged.stream().map(send -> send.key.roomId()).toArray(UUID[]::new),
                    flagged.stream().map(send -> send.key.senderId()).toArray(UUID[]::new),
                    flagged.stream().map(send -> send.key.clientId()).toArray(UUID[]::new),
                    flagged.stream().map(send -> send.words.flagged()).toArray(String[]::new)));
  }

  /** As part of an edit. */
  static Future<Void> edited(RoomChange change, TargetMessage target, String word) {
    return word == null
        ? Future.succeededFuture()
        : change
            .connection
            .preparedQuery(FLAG_EDITED)
            .execute(Tuple.of(Ids.next(), change.roomId, target.seq(), target.senderId(), word))
            .mapEmpty();
  }
}
