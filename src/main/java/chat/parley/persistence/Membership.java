package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Line;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Person;
import chat.parley.model.RoomHistory;
import chat.parley.model.RoomKind;
import chat.parley.model.UserEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * The rows that make somebody a member and that remember who was one, changed under the room's
 * lock. Who may do it is {@link MemberStore}'s to say.
 */
final class Membership {
  static final int MAX_MEMBERS = 5_000;
  static final int MAX_ROOMS = 1_000;

  /** Above so many members the timeline says nothing of who comes and goes. */
  static final int CROWD = 100;

  private static final String PERSON =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url, m.role, m.joined_at, m.version,
        u.disabled_at is not null as disabled,
        exists (select from bans b where b.room_id = $1 and b.user_id = u.id) as banned
      from users u left join members m on m.user_id = u.id and m.room_id = $1
      where u.id = $2
      """;

  /**
   * Asked when the person is locked: somebody who has deleted their account meanwhile is not let
   * in.
   */
  private static final String COUNT_ROOMS =
      """
      select count(*) as n, (select disabled_at is not null from users where id = $1) as disabled
      from members where user_id = $1
      """;

  private static final String INSERT =
      """
      insert into members (room_id, user_id, role, version, from_seq, from_version)
      values ($1, $2, $3, $4, $5, $6) returning joined_at
      """;

  private static final String INSERT_MARK =
      """
      insert into read_marks (room_id, user_id, read_seq, user_version) values ($1, $2, $3, $4)
      """;

  private static final String FORGET_FORMER =
      "delete from former_members where room_id = $1 and user_id = $2";

  private static final String DELETE = "delete from members where room_id = $1 and user_id = $2";

  private static final String INSERT_FORMER =
      """
      insert into former_members (room_id, user_id, version, user_version) values ($1, $2, $3, $4)
      on conflict (room_id, user_id) do update set version = excluded.version, user_version = excluded.user_version
      """;

  private static final String HEIR =
      """
      update members set role = 'owner', version = $3
      where room_id = $1 and user_id = (
        select user_id from members where room_id = $1 and user_id <> $2 order by joined_at, user_id limit 1)
      returning user_id
      """;

  private static final String END_ROOM = "update rooms set deleted_at = now() where id = $1";

  private final RoomStore rooms;

  Membership(RoomStore rooms) {
    this.rooms = rooms;
  }

  /** Makes somebody a member; a member already is left as they are. */
  Future<Member> admit(RoomChange change, UUID userId) {
    return person(change, userId)
        .compose(
            row -> {
              if (row == null || row.getBoolean("disabled")) {
                throw Problem.NOT_FOUND.because("There is no such person");
              }
              if (row.getString("role") != null) {
                return Future.succeededFuture(Rows.member(row));
              }
              if (row.getBoolean("banned")) {
                throw banned(change, userId);
              }
              if (change.memberCount() >= MAX_MEMBERS) {
                throw Problem.CONFLICT.because("The room is full: " + MAX_MEMBERS + " members");
              }
              return insert(change, Rows.person(row));
            });
  }

  /** Nobody is told of a ban from a room that they could not see anyway. */
  private static Failure banned(RoomChange change, UUID userId) {
    if (!userId.equals(change.actorId)) {
      return Problem.CONFLICT.because("This person is banned from the room");
    }
    return change.kind == RoomKind.PUBLIC
        ? Problem.FORBIDDEN.because("You are banned from this room")
        : Problem.NOT_FOUND.failure();
  }

  private Future<Member> insert(RoomChange change, Person person) {
    long version = change.nextVersion();
    boolean fromHere = change.room.history() == RoomHistory.JOINED;
    Tuple place =
        Tuple.of(change.roomId, person.id(), Rows.stored(MemberRole.MEMBER), version)
            .addLong(fromHere ? change.lastSeq + 1 : 0)
            .addLong(fromHere ? version : 0);
    change.memberCame();
    return change
        .nextUserVersion(person.id())
        .compose(
            userVersion ->
                requireFewRooms(change, person.id())
                    .compose(few -> run(change, INSERT, place))
                    .compose(
                        inserted ->
                            mark(change, person.id(), userVersion)
                                .compose(marked -> noticeAdded(change, person.id(), userVersion))
                                .map(told -> member(person, inserted, version))))
        .onSuccess(change::announce);
  }

  private static Member member(Person person, RowSet<Row> inserted, long version) {
    return Member.present(
        person, MemberRole.MEMBER, Rows.instant(Rows.first(inserted), "joined_at"), version);
  }

  private static Future<Void> mark(RoomChange change, UUID userId, long userVersion) {
    Tuple mark = Tuple.of(change.roomId, userId, change.lastSeq, userVersion);
    return run(change, FORGET_FORMER, Tuple.of(change.roomId, userId))
        .compose(forgotten -> run(change, INSERT_MARK, mark))
        .mapEmpty();
  }

  private Future<Void> noticeAdded(RoomChange change, UUID userId, long userVersion) {
    return rooms
        .view(change, userId)
        .onSuccess(room -> change.notify(userId, new UserEvent.RoomAdded(userVersion, room)))
        .mapEmpty();
  }

  private static Future<Void> requireFewRooms(RoomChange change, UUID userId) {
    return run(change, COUNT_ROOMS, Tuple.of(userId))
        .map(
            rows -> {
              if (Rows.first(rows).getBoolean("disabled")) {
                throw Problem.NOT_FOUND.because("There is no such person");
              }
              if (Rows.first(rows).getLong("n") >= MAX_ROOMS) {
                throw Problem.CONFLICT.because(
                    "Nobody can be in more than " + MAX_ROOMS + " rooms");
              }
              return null;
            });
  }

  /** Ends somebody's membership; what they are not told after this is theirs no more. */
  Future<Void> dismiss(RoomChange change, Person person) {
    long version = change.nextVersion();
    change.memberWent();
    // The read mark, which goes with the member, before the person's head: as whoever reads does.
    return run(change, DELETE, Tuple.of(change.roomId, person.id()))
        .compose(deleted -> change.nextUserVersion(person.id()))
        .compose(
            userVersion -> {
              Tuple former = Tuple.of(change.roomId, person.id(), version, userVersion);
              change.notify(person.id(), new UserEvent.RoomRemoved(userVersion, change.roomId));
              return run(change, INSERT_FORMER, former);
            })
        .onSuccess(done -> change.announce(Member.gone(person, version)))
        .mapEmpty();
  }

  /**
   * After an owner has left: the longest-standing member owns the room, or nobody is left and it
   * ends.
   */
  Future<Void> handOver(RoomChange change, UUID from) {
    if (change.memberCount() == 0) {
      return run(change, END_ROOM, Tuple.of(change.roomId)).mapEmpty();
    }
    return run(change, HEIR, Tuple.of(change.roomId, from, change.nextVersion()))
        .compose(heir -> person(change, Rows.first(heir).getUUID("user_id")))
        .onSuccess(row -> change.announce(Rows.member(row)))
        .mapEmpty();
  }

  /** Somebody, with their place in the room if they have one; null when there is nobody. */
  Future<Row> person(RoomChange change, UUID userId) {
    return run(change, PERSON, Tuple.of(change.roomId, userId)).map(Rows::first);
  }

  /** A line of coming or going; where many are, nobody wants to read of each. */
  Future<Void> tell(RoomChange change, Line.Kind kind, UUID subjectId) {
    return change.memberCount() > CROWD
        ? Future.succeededFuture()
        : change.line(kind, subjectId, null);
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
