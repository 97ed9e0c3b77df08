package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Event;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Message;
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
      select version, last_seq, member_count from room_heads where room_id = $1 for no key update
      """;

  static final String READ =
      """
      select r.kind, r.name, m.role, r.deleted_at is not null as ended
      from rooms r left join members m on m.room_id = r.id and m.user_id = $2
      where r.id = $1
      """;

  private static final String STORE_HEAD =
      """
      update room_heads set version = $2, member_count = $3 where room_id = $1
      """;

  private static final String NEXT_USER_VERSION =
      """
      update user_heads set version = version + 1 where user_id = $1 returning version
      """;

  final SqlConnection connection;
  final UUID roomId;
  final RoomKind kind;
  final String name;

  /** The actor's role; null when they are not in the room. */
  final MemberRole role;

  final long lastSeq;
  private final boolean ended;
  private long version;
  private int memberCount;
  private final List<RoomBatch.Entry> entries = new ArrayList<>();
  private final List<UserNotice> notices = new ArrayList<>();

  private RoomChange(SqlConnection connection, UUID roomId, Row head, Row room) {
    this.connection = connection;
    this.roomId = roomId;
    this.version = head.getLong("version");
    this.lastSeq = head.getLong("last_seq");
    this.memberCount = head.getInteger("member_count");
    this.kind = Rows.kind(room.getString("kind"));
    this.name = room.getString("name");
    this.role = Rows.role(room.getString("role"));
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
                              connection, roomId, Rows.first(head), Rows.first(room));
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

  void announce(Member member) {
    entries.add(RoomBatch.entry(new Event.MemberChanged(roomId, member.version(), member)));
  }

  void announce(Message message) {
    entries.add(RoomBatch.entry(new Event.MessageChanged(roomId, message.version(), message)));
  }

  /** Counts the user's version up and locks it; rooms are locked before users, everywhere. */
  Future<Long> nextUserVersion(UUID userId) {
    return connection
        .preparedQuery(NEXT_USER_VERSION)
        .execute(Tuple.of(userId))
        .map(rows -> rows.iterator().next().getLong("version"));
  }

  void notify(UUID userId, UserEvent event) {
    notices.add(UserNotice.of(userId, event));
  }

  private <R> Future<Outcome<R>> finish(R answer) {
    List<RoomBatch> batches =
        entries.isEmpty() ? List.of() : List.of(new RoomBatch(roomId, List.copyOf(entries)));
    return connection
        .preparedQuery(STORE_HEAD)
        .execute(Tuple.of(roomId, version, memberCount))
        .map(new Outcome<>(answer, batches, List.copyOf(notices)));
  }
}
