package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Reaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The message that a change is about, as it is under the room's lock.
 *
 * @param saidAt since when it says what it says
 * @param reactions empty for none
 */
record TargetMessage(
    long seq,
    UUID senderId,
    String text,
    Instant saidAt,
    boolean deleted,
    boolean forwarded,
    boolean pinned,
    List<Reaction> reactions) {
  static final String FIND =
      """
      select m.seq, m.sender_id, m.body, coalesce(m.edited_at, m.sent_at) as said_at, m.deleted_at is not null as deleted,
        m.forwarded_at is not null as forwarded, m.pinned_at is not null as pinned, m.reactions
      from messages m where m.room_key = $1 and m.seq = $2
      """;

  /** NOT_FOUND when there is none that the actor, a member, may see. */
  static Future<TargetMessage> find(RoomChange change, long seq) {
    change.requireMember();
    return change
        .connection
        .preparedQuery(FIND)
        .execute(Tuple.of(change.roomKey, seq))
        .map(
            rows -> {
              if (rows.size() == 0 || seq < change.fromSeq) {
                throw Problem.NOT_FOUND.failure();
              }
              return read(Rows.first(rows));
            });
  }

  private static TargetMessage read(Row row) {
    List<Reaction> reactions = ReactionRow.read(row);
    return new TargetMessage(
        row.getLong("seq"),
        row.getUUID("sender_id"),
        row.getString("body"),
        Rows.instant(row, "said_at"),
        row.getBoolean("deleted"),
        row.getBoolean("forwarded"),
        row.getBoolean("pinned"),
        reactions == null ? List.of() : reactions);
  }

  TargetMessage requireThere() {
    if (deleted) {
      throw Problem.CONFLICT.because("This message is deleted");
    }
    return this;
  }
}
