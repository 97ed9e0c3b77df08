package chat.parley.persistence;

import chat.parley.model.Message;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Takes back what somebody said in a room, at most 100 messages at a time. No index leads from a
 * person to their messages, as each message would pay for it; so they are looked for in stretches
 * of the room, before it is locked.
 */
final class Tombstones {
  static final int STRETCH = 10_000;
  static final int MOST = 100;

  private static final String HEAD = "select room_key, last_seq from room_heads where room_id = $1";

  static final String FIND =
      """
      select seq from messages
      where room_key = $1 and seq > $2 and seq <= $2 + $5::int and sender_id = $3 and deleted_at is null
      order by seq limit $4::int
      """;

  private static final String STILL_THERE =
      """
      select m.seq from messages m where m.room_key = $1 and m.seq = any($2) and m.deleted_at is null order by m.seq
      """;

  private static final String BURY =
      """
      update messages m set body = null, digest = null, deleted_at = now(), version = t.version,
        mentions = null, mentions_room = null, pinned_at = null, forwarded_room = null, forwarded_seq = null,
        forwarded_sender = null, forwarded_at = null, reactions = null,
        attachments = null, preview = null
      from unnest($2::bigint[], $3::bigint[]) as t(seq, version)
      where m.room_key = $1 and m.seq = t.seq
      """;

  /** What else was told of a message; goes with it. */
  private static final List<String> FORGET =
      List.of(
          "delete from reactions where room_key + 0 = $1 and seq = any($2::bigint[])",
          "delete from mentions where room_key = $1 and seq = any($2::bigint[])",
          "delete from message_edits where room_key = $1 and seq = any($2::bigint[])",
          SearchRows.LOCK_FOR_MESSAGES,
          SearchRows.FORGET,
          // Previews have theirs here too.
          "with gone as (delete from attachments where room_key = $1 and seq = any($2::bigint[]) returning media_id)"
              + AttachmentStore.FREE);

  private Tombstones() {}

  /** The answer is the seq up to which there is nothing left, or null at the end of the room. */
  static Future<Outcome<Long>> some(
      SqlConnection connection, UUID userId, UUID roomId, long after) {
    return connection
        .preparedQuery(HEAD)
        .execute(Tuple.of(roomId))
        .compose(
            rows -> {
              Row head = Rows.first(rows);
              return head == null || after >= head.getLong("last_seq")
                  ? Future.succeededFuture(Outcome.silent(null))
                  : stretch(connection, userId, roomId, head.getLong("room_key"), after);
            });
  }

  private static Future<Outcome<Long>> stretch(
      SqlConnection connection, UUID userId, UUID roomId, long roomKey, long after) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(roomKey, after, userId, MOST, STRETCH))
        .map(rows -> Rows.list(rows, row -> row.getLong("seq")))
        .compose(
            seqs -> {
              long upTo = seqs.size() == MOST ? seqs.get(MOST - 1) : after + STRETCH;
              return seqs.isEmpty()
                  ? Future.succeededFuture(Outcome.silent(upTo))
                  : RoomChange.within(
                      connection, userId, roomId, change -> rest(change, seqs).map(upTo));
            });
  }

  /** Looks again under the lock, as each that goes takes a version and none may be left over. */
  private static Future<Void> rest(RoomChange change, List<Long> seqs) {
    return change
        .connection
        .preparedQuery(STILL_THERE)
        .execute(Tuple.of(change.roomKey, (Object) seqs.toArray(Long[]::new)))
        .map(rows -> Rows.list(rows, row -> row.getLong("seq")).toArray(Long[]::new))
        .compose(there -> bury(change, there))
        .mapEmpty();
  }

  /** Messages that are there become tombstones, each at a version of its own. */
  static Future<List<Message>> bury(RoomChange change, Long... seqs) {
    Long[] versions = new Long[seqs.length];
    for (int i = 0; i < seqs.length; i++) {
      versions[i] = change.nextVersion();
    }
    Future<?> done =
        change.connection.preparedQuery(BURY).execute(Tuple.of(change.roomKey, seqs, versions));
    for (String statement : FORGET) {
      done =
          done.compose(
              before ->
                  change
                      .connection
                      .preparedQuery(statement)
                      .execute(Tuple.of(change.roomKey, (Object) seqs)));
    }
    return done.compose(before -> change.show(seqs));
  }
}
