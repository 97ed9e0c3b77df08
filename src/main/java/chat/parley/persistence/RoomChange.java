package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Event;
import chat.parley.model.Line;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Message;
import chat.parley.model.Permissions;
import chat.parley.model.Previews;
import chat.parley.model.Room;
import chat.parley.model.RoomBatch;
import chat.parley.model.RoomKind;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * One transaction that changes a room's visible state. It locks the room's head first, and only
 * then, with a fresh snapshot, looks at what it is about to change: so versions become visible in
 * order and a rule never judges a state that is past. Every row that it changes takes the next
 * version; what there is to announce is gathered for after the commit.
 */
final class RoomChange {
  static final String LOCK =
      """
      select room_key, version, last_seq, member_count from room_heads where room_id = $1 for no key update
      """;

  static final String READ =
      """
      select r.kind as room_kind, r.name as room_name, r.topic, r.avatar_url as room_avatar, r.archived_at, r.posting, r.history,
        coalesce(r.retention_days, nullif(current_setting('parley.retention_days', true)::int, 0)) as retention,
        r.version as row_version,
        m.role, m.from_seq, r.deleted_at is not null as ended
      from rooms r left join members m on m.room_id = r.id and m.user_id = $2
      where r.id = $1
      """;

  private static final String STORE_HEAD =
      """
      update room_heads set version = $2, member_count = $3 where room_id = $1
      """;

  private static final String LINE =
      """
      with l as (
        insert into lines (room_id, version, after_seq, kind, actor_id, subject_id, text)
        values ($1, $2, $3, $4, $5, $6, $7) returning *)
      select
      """
          + LineRow.COLUMNS
          + " from l "
          + LineRow.PEOPLE;

  private static final String NEXT_USER_VERSION =
      """
      update user_heads set version = version + 1 where user_id = $1 returning version
      """;

  final SqlConnection connection;
  final UUID actorId;
  final UUID roomId;
  final long roomKey;
  final RoomKind kind;
  final String name;

  /** What the row of the room says, as it was when the change began. */
  final Room room;

  /** The actor's role; null when they are not in the room. */
  final MemberRole role;

  /** The first message that the actor may see; 0 for all. */
  final long fromSeq;

  final long lastSeq;
  private final boolean ended;
  private long version;
  private int memberCount;
  private final List<RoomBatch.Entry> entries = new ArrayList<>();
  private final List<UserNotice> notices = new ArrayList<>();
  private final List<Previews.Said> linking = new ArrayList<>();

  private RoomChange(SqlConnection connection, UUID actorId, UUID roomId, Row head, Row room) {
    this.connection = connection;
    this.actorId = actorId;
    this.roomId = roomId;
    this.roomKey = head.getLong("room_key");
    this.version = head.getLong("version");
    this.lastSeq = head.getLong("last_seq");
    this.memberCount = head.getInteger("member_count");
    this.room = Rows.room(room, roomId, room.getLong("row_version"));
    this.kind = this.room.kind();
    this.name = this.room.name();
    this.role = Rows.role(room.getString("role"));
    this.fromSeq = role == null ? 0 : room.getLong("from_seq");
    this.ended = room.getBoolean("ended");
  }

  /** Runs {@code work} under the room's lock; NOT_FOUND when there is no such room for anyone. */
  static <R> Future<Outcome<R>> run(
      Postgres postgres, Actor actor, UUID roomId, Function<RoomChange, Future<R>> work) {
    return postgres.write(
        actor,
        connection ->
            within(
                connection,
                actor.userId(),
                roomId,
                change -> {
                  if (change.ended) {
                    throw Problem.NOT_FOUND.failure();
                  }
                  return work.apply(change);
                }));
  }

  /** The same as a part of a transaction, also in a room that has ended. */
  static <R> Future<Outcome<R>> within(
      SqlConnection connection, UUID actorId, UUID roomId, Function<RoomChange, Future<R>> work) {
    return lock(connection, actorId, roomId)
        .compose(change -> work.apply(change).compose(change::finish));
  }

  private static Future<RoomChange> lock(SqlConnection connection, UUID actorId, UUID roomId) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(roomId))
        .compose(
            head ->
                connection
                    .preparedQuery(READ)
                    .execute(Tuple.of(roomId, actorId))
                    .map(
                        room -> {
                          if (head.size() == 0 || room.size() == 0) {
                            throw Problem.NOT_FOUND.failure();
                          }
                          return new RoomChange(
                              connection, actorId, roomId, Rows.first(head), Rows.first(room));
                        }));
  }

  /** To those who are not in it a room does not exist, unless it is public. */
  void requireMember() {
    if (role == null) {
      throw kind == RoomKind.PUBLIC
          ? Problem.FORBIDDEN.because("Join the room first")
          : Problem.NOT_FOUND.failure();
    }
  }

  /** A direct room is what its two people are, and nothing else. */
  void requireNotDirect() {
    requireMember();
    if (kind == RoomKind.DIRECT) {
      throw Problem.CONFLICT.because("A direct room is for its two people");
    }
  }

  /** The actor is a member, and their role allows it. */
  void require(Permissions.Deed deed) {
    requireTo(null, deed);
  }

  /** The same for what is done to somebody of a role, which may be null. */
  void requireTo(MemberRole whom, Permissions.Deed deed) {
    requireMember();
    if (!Permissions.mayTo(whom, deed, kind, role)) {
      throw Problem.FORBIDDEN.because("Your role in this room does not allow this");
    }
  }

  /** Nobody changes what is said in a room that is archived. */
  void requireOpen() {
    if (room.archivedAt() != null) {
      throw Problem.FORBIDDEN.because("This room is archived");
    }
  }

  long nextVersion() {
    return ++version;
  }

  long version() {
    return version;
  }

  int memberCount() {
    return memberCount;
  }

  void memberCame() {
    memberCount++;
  }

  void memberWent() {
    memberCount--;
  }

  void everybodyWent() {
    memberCount = 0;
  }

  void announce(Member member) {
    entries.add(RoomBatch.entry(new Event.MemberChanged(roomId, member.version(), member)));
  }

  /** The room is over, for everybody who hears it, with the version that this gives. */
  long announceEnd() {
    entries.add(RoomBatch.entry(new Event.RoomGone(roomId, nextVersion())));
    return version;
  }

  void announce(Room alone) {
    entries.add(RoomBatch.entry(new Event.RoomChanged(roomId, alone.version(), alone)));
  }

  /** Messages as they are now, in the order of their changes. */
  Future<List<Message>> look(Long... seqs) {
    return connection
        .preparedQuery(MessageRow.BY_SEQ)
        .execute(Tuple.of(roomKey, (Object) seqs))
        .map(rows -> Rows.list(rows, row -> MessageRow.read(row, roomId)));
  }

  /** Messages that were changed, each at a version of its own: read as they are now, announced. */
  Future<List<Message>> show(Long... seqs) {
    return look(seqs).onSuccess(messages -> messages.forEach(this::announce));
  }

  private void announce(Message message) {
    entries.add(RoomBatch.entry(new Event.MessageChanged(roomId, message.version(), message)));
  }

  /** A message leads to another place now, which is to be looked at after the commit. */
  void leadsElsewhere(long seq, UUID senderId, String text) {
    linking.add(new Previews.Said(roomId, seq, senderId, text));
  }

  /** Writes down in the timeline what the actor did; subject and text may be null. */
  Future<Void> line(Line.Kind kind, UUID subjectId, String text) {
    Tuple line =
        Tuple.of(roomId, nextVersion(), lastSeq, Rows.stored(kind), actorId)
            .addUUID(subjectId)
            .addString(text);
    return connection
        .preparedQuery(LINE)
        .execute(line)
        .map(rows -> LineRow.read(Rows.first(rows)))
        .onSuccess(
            written ->
                entries.add(
                    RoomBatch.entry(new Event.LineAdded(roomId, written.version(), written))))
        .mapEmpty();
  }

  /** Notes in the audit log what was done to a member, or to somebody who is none. */
  Future<Void> note(Act act, UUID userId, Map<String, ?> details) {
    return AuditStore.note(connection, act, Map.of("room_id", roomId, "user_id", userId), details);
  }

  Future<Void> note(Act act, UUID userId) {
    return note(act, userId, Map.of());
  }

  /** Counts the user's version up and locks it; rooms are locked before users, everywhere. */
  Future<Long> nextUserVersion(UUID userId) {
    return connection
        .preparedQuery(NEXT_USER_VERSION)
        .execute(Tuple.of(userId))
        .map(rows -> rows.iterator().next().getLong("version"));
  }

  void notify(UUID userId, UserEvent event) {
    notify(UserNotice.of(userId, event));
  }

  void notify(UserNotice notice) {
    notices.add(notice);
  }

  private <R> Future<Outcome<R>> finish(R answer) {
    List<RoomBatch> batches =
        entries.isEmpty() ? List.of() : List.of(new RoomBatch(roomId, List.copyOf(entries)));
    return connection
        .preparedQuery(STORE_HEAD)
        .execute(Tuple.of(roomId, version, memberCount))
        .map(new Outcome<>(answer, batches, List.copyOf(notices), List.copyOf(linking)));
  }
}
