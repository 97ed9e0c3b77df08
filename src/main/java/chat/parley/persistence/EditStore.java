package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Edits;
import chat.parley.model.Links;
import chat.parley.model.Message;
import chat.parley.model.OneMessage;
import chat.parley.model.Page;
import chat.parley.model.Permissions;
import chat.parley.model.RoomKind;
import chat.parley.model.WordMatcher;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Messages that say something else now, what they said before, and messages taken back. */
final class EditStore {
  private static final String KEEP =
      """
      insert into message_edits (room_key, seq, version, body, at)
      select $1::bigint, $2::bigint, $3::bigint, $4::text, $5::timestamptz
      where (select count(*) from message_edits where room_key = $1 and seq = $2) < $6::int
      """;

  private static final String REPLACE =
      """
      update messages set body = $3, version = $4, preview = case when $5 then preview end,
        edited_at = date_trunc('milliseconds', greatest(clock_timestamp(), sent_at))
      where room_key = $1 and seq = $2
      """;

  private static final String BLOCKED =
      """
      select 1 from rooms r where r.id = $1 and (
        exists (select from blocks where user_id = r.direct_low and blocked_id = r.direct_high)
        or exists (select from blocks where user_id = r.direct_high and blocked_id = r.direct_low))
      """;

  static final String VERSIONS =
      """
      select r.kind, me.role, m.sender_id, m.seq, e.body, e.at
      from members me
      join rooms r on r.id = me.room_id
      join room_heads h on h.room_id = me.room_id
      left join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= me.from_seq
      left join message_edits e on e.room_key = h.room_key and e.seq = m.seq
      where me.room_id = $2 and me.user_id = $1
      order by e.version
      """;

  private final Postgres postgres;
  private final RoomStore rooms;
  private final WordFilter filter;

  EditStore(Postgres postgres, RoomStore rooms, WordFilter filter) {
    this.postgres = postgres;
    this.rooms = rooms;
    this.filter = filter;
  }

  /** For the author alone; the words before are kept. */
  Future<Outcome<OneMessage>> edit(Edits.Edit q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change ->
            TargetMessage.find(change, q.seq())
                .compose(
                    target -> {
                      requireOwnWords(change, target);
                      return target.text().equals(q.text())
                          ? change.look(q.seq())
                          : requireUnblocked(change).compose(may -> say(change, target, q.text()));
                    })
                .compose(shown -> ReactionRow.beside(change, shown.get(0))));
  }

  /** Words that may be said, and of which the administrators are told if they are to be. */
  private Future<List<Message>> say(RoomChange change, TargetMessage target, String text) {
    WordMatcher.Verdict words = filter.judge(text);
    if (words.refused() != null) {
      throw WordFilter.refusal(words);
    }
    return replace(change, target, text)
        .compose(shown -> FlagWriter.edited(change, target, words.flagged()).map(shown));
  }

  private static void requireOwnWords(RoomChange change, TargetMessage target) {
    if (!target.senderId().equals(change.actorId)) {
      throw Problem.FORBIDDEN.because("Only who said it can change it");
    }
    target.requireThere();
    change.requireOpen();
    if (target.forwarded()) {
      throw Problem.CONFLICT.because("A forwarded message says what somebody else said");
    }
  }

  /** Or an edit would be a way to go on talking to somebody who wants to hear no more. */
  private static Future<Void> requireUnblocked(RoomChange change) {
    if (change.kind != RoomKind.DIRECT) {
      return Future.succeededFuture();
    }
    return change
        .connection
        .preparedQuery(BLOCKED)
        .execute(Tuple.of(change.roomId))
        .map(
            rows -> {
              if (rows.size() > 0) {
                throw Problem.FORBIDDEN.because("One of you has blocked the other");
              }
              return null;
            });
  }

  private static Future<List<Message>> replace(
      RoomChange change, TargetMessage target, String text) {
    long version = change.nextVersion();
    String link = Links.first(text);
    boolean leadsOn = Objects.equals(link, Links.first(target.text()));
    if (!leadsOn && link != null) {
      change.leadsElsewhere(target.seq(), target.senderId(), text);
    }
    Tuple before =
        Tuple.of(change.roomKey, target.seq(), version, target.text())
            .addOffsetDateTime(target.saidAt().atOffset(ZoneOffset.UTC))
            .addInteger(Edits.MOST);
    return change
        .connection
        .preparedQuery(KEEP)
        .execute(before)
        .compose(
            kept -> {
              if (kept.rowCount() == 0) {
                throw Problem.CONFLICT.because("A message can be edited " + Edits.MOST + " times");
              }
              return change
                  .connection
                  .preparedQuery(REPLACE)
                  .execute(Tuple.of(change.roomKey, target.seq(), text, version, leadsOn));
            })
        .compose(
            replaced ->
                leadsOn ? Future.succeededFuture() : PreviewStore.drop(change, target.seq()))
        .compose(dropped -> MentionWriter.edited(change, target.seq(), text))
        .compose(called -> SearchRows.changed(change, target.seq()))
        .compose(called -> change.show(target.seq()));
  }

  /**
   * For the author and those who keep order, also in an archived room; a tombstone is left, and
   * nothing of what it said.
   */
  Future<Outcome<OneMessage>> delete(Edits.Delete q) {
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
                      return target.deleted()
                          ? change.look(q.seq())
                          : Tombstones.bury(change, q.seq())
                              .compose(shown -> noted(change, target).map(shown));
                    })
                .map(shown -> new OneMessage(shown.get(0))));
  }

  private static Future<Void> noted(RoomChange change, TargetMessage target) {
    return target.senderId().equals(change.actorId)
        ? Future.succeededFuture()
        : AuditStore.note(
            change.connection,
            Act.MESSAGE_DELETE,
            Map.of("room_id", change.roomId, "seq", target.seq()));
  }

  /** What it said before, oldest first: for its author and those who keep order. */
  Future<Page<Edits.Version, Long>> versions(Edits.ListVersions q) {
    return postgres
        .read(VERSIONS, Tuple.of(q.readerId(), q.roomId(), q.seq()))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(versions(q, rows)));
  }

  private static Page<Edits.Version, Long> versions(Edits.ListVersions q, RowSet<Row> rows) {
    Row row = Rows.first(rows);
    if (row.getLong("seq") == null) {
      throw Problem.NOT_FOUND.failure();
    }
    boolean mine = row.getUUID("sender_id").equals(q.readerId());
    if (!mine
        && !Permissions.may(
            Permissions.Deed.SEE_EARLIER_WORDS,
            Rows.kind(row.getString("kind")),
            Rows.role(row.getString("role")))) {
      throw Problem.FORBIDDEN.because("Your role in this room does not allow this");
    }
    return new Page<>(
        row.getString("body") == null
            ? List.of()
            : Rows.list(
                rows, each -> new Edits.Version(each.getString("body"), Rows.instant(each, "at"))),
        null);
  }
}
