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

  /** In a room of more people than this, coming and going is not worth a line. */
  private static final int CROWD = 100;

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
      select user_id from members where room_id = $1 order by role = 'moderator' desc, joined_at, user_id limit 1
      """;

  private static final String HAS_OTHER_OWNER =
      """
      select exists (select from members where room_id = $1 and user_id <> $2 and role = 'owner') as other
      """;

  private static final String STORE_ROLE =
      "update members set role = $3, version = $4 where room_id = $1 and user_id = $2";

  private final RoomStore rooms;

  Membership(RoomStore rooms) {
    this.rooms = rooms;
  }

  /**
   * Makes somebody a member; a member already is left as they are.
   *
   * @param how joined or added
   */
  Future<Member> admit(RoomChange change, UUID userId, Line.Kind how) {
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
              return insert(change, Rows.person(row))
                  .compose(member -> note(change, how, userId).map(member));
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
  private Future<Void> dismiss(RoomChange change, Person person) {
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
   * Makes somebody go, and says so.
   *
   * @param how removed or banned
   */
  Future<Void> remove(RoomChange change, Person person, Line.Kind how) {
    return dismiss(change, person).compose(gone -> note(change, how, person.id()));
  }

  /** The actor goes: the last owner hands the room over, and with the last member it ends. */
  Future<Void> leave(RoomChange change, Person actor) {
    return dismiss(change, actor)
        .compose(
            gone ->
                change.memberCount() == 0
                    ? RoomEnd.end(change)
                    : note(change, Line.Kind.LEFT, actor.id()).compose(noted -> handOver(change)));
  }

  /** To the longest-standing moderator, or member if there is none. */
  private Future<Void> handOver(RoomChange change) {
    if (change.role != MemberRole.OWNER) {
      return Future.succeededFuture();
    }
    return hasOtherOwner(change, change.actorId)
        .compose(
            other ->
                other
                    ? Future.succeededFuture()
                    : run(change, HEIR, Tuple.of(change.roomId))
                        .map(heir -> Rows.first(heir).getUUID("user_id"))
                        .compose(heir -> changeRole(change, heir, MemberRole.OWNER))
                        .mapEmpty());
  }

  /** The actor, who is an owner, takes a lower role; somebody must own the room. */
  Future<Member> stepDown(RoomChange change, MemberRole role) {
    return hasOtherOwner(change, change.actorId)
        .compose(
            other -> {
              if (!other) {
                throw Problem.CONFLICT.because("Make somebody else owner first");
              }
              return changeRole(change, change.actorId, role);
            });
  }

  /** Gives a member a role, and says so. */
  Future<Member> changeRole(RoomChange change, UUID userId, MemberRole role) {
    Tuple place = Tuple.of(change.roomId, userId, Rows.stored(role), change.nextVersion());
    return run(change, STORE_ROLE, place)
        .compose(stored -> person(change, userId))
        .map(Rows::member)
        .onSuccess(change::announce)
        .compose(
            member ->
                change
                    .line(Line.Kind.ROLE, subject(change, userId), Rows.stored(role))
                    .map(member));
  }

  /** Whether somebody else owns the room. */
  static Future<Boolean> hasOtherOwner(RoomChange change, UUID userId) {
    return run(change, HAS_OTHER_OWNER, Tuple.of(change.roomId, userId))
        .map(rows -> Rows.first(rows).getBoolean("other"));
  }

  /** Nobody would read a line for each who comes and goes in a crowd. */
  private static Future<Void> note(RoomChange change, Line.Kind how, UUID userId) {
    return change.memberCount() > CROWD
        ? Future.succeededFuture()
        : change.line(how, subject(change, userId), null);
  }

  /** Null when they do it to themselves. */
  private static UUID subject(RoomChange change, UUID userId) {
    return userId.equals(change.actorId) ? null : userId;
  }

  /** Somebody, with their place in the room if they have one; null when there is nobody. */
  Future<Row> person(RoomChange change, UUID userId) {
    return run(change, PERSON, Tuple.of(change.roomId, userId)).map(Rows::first);
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
