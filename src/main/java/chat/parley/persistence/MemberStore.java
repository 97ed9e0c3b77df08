package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Page;
import chat.parley.model.Permissions;
import chat.parley.model.Person;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.Rooms;
import chat.parley.model.UserEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * Who is in which room. Joining, adding, leaving and removing are O(log n); a page of members is
 * O(log n + k).
 */
final class MemberStore {
  static final int MAX_MEMBERS = 5_000;
  static final int MAX_ROOMS = 1_000;

  private static final String PERSON =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url, m.role, m.joined_at, m.version,
        u.disabled_at is not null as disabled
      from users u left join members m on m.user_id = u.id and m.room_id = $1
      where u.id = $2
      """;

  private static final String COUNT_ROOMS = "select count(*) as n from members where user_id = $1";

  private static final String INSERT =
      """
      insert into members (room_id, user_id, role, version) values ($1, $2, $3, $4) returning joined_at
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

  private static final String LIST =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url, m.role, m.joined_at, m.version
      from members me
      join lateral (
        select * from members where room_id = me.room_id and ($3::uuid is null or user_id > $3)
        order by user_id limit $4) m on true
      join users u on u.id = m.user_id
      where me.room_id = $2 and me.user_id = $1
      order by m.user_id
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  MemberStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** A page of members in the order of their ids; NOT_FOUND when the reader is not one of them. */
  Future<Page<Member, UUID>> list(Rooms.ListMembers q) {
    Tuple arguments = Tuple.of(q.readerId(), q.roomId(), q.after(), q.limit() + 1);
    return postgres
        .read(LIST, arguments)
        .compose(
            rows ->
                rows.size() == 0 && q.after() == null
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(
                        Page.of(Rows.list(rows, Rows::member), q.limit(), m -> m.user().id())));
  }

  /** Joins a public room; whoever is in it already gets the same answer. */
  Future<Outcome<Room>> join(Rooms.Join q) {
    UUID me = q.actor().userId();
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          if (change.role == null && !Permissions.mayJoin(change.kind)) {
            throw Problem.NOT_FOUND.failure();
          }
          Future<Member> place = change.role == null ? admit(change, me) : Future.succeededFuture();
          return place.compose(done -> rooms.view(change, me));
        });
  }

  /**
   * Adds someone, by right of the room's table of permissions; a member already is left as they
   * are.
   */
  Future<Outcome<Member>> add(Rooms.AddMember q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireMember();
          requireNotDirect(change);
          if (!Permissions.mayAdd(change.kind, change.role)) {
            throw Problem.FORBIDDEN.because("Only the owner adds people");
          }
          return admit(change, q.userId());
        });
  }

  private Future<Member> admit(RoomChange change, UUID userId) {
    return person(change, userId)
        .compose(
            row -> {
              if (row == null || row.getBoolean("disabled")) {
                throw Problem.NOT_FOUND.because("There is no such person");
              }
              if (row.getString("role") != null) {
                return Future.succeededFuture(Rows.member(row));
              }
              if (change.memberCount() >= MAX_MEMBERS) {
                throw Problem.CONFLICT.because("The room is full: " + MAX_MEMBERS + " members");
              }
              return insert(change, Rows.person(row), MemberRole.MEMBER);
            });
  }

  private Future<Member> insert(RoomChange change, Person person, MemberRole role) {
    long version = change.nextVersion();
    change.memberCame();
    return change
        .nextUserVersion(person.id())
        .compose(
            userVersion ->
                requireFewRooms(change, person.id())
                    .compose(
                        few ->
                            change
                                .connection
                                .preparedQuery(INSERT)
                                .execute(
                                    Tuple.of(
                                        change.roomId, person.id(), Rows.stored(role), version))
                                .compose(
                                    inserted ->
                                        mark(change, person.id(), userVersion)
                                            .compose(
                                                marked ->
                                                    noticeAdded(change, person.id(), userVersion))
                                            .map(
                                                told ->
                                                    Member.present(
                                                        person,
                                                        role,
                                                        Rows.instant(
                                                            Rows.first(inserted), "joined_at"),
                                                        version)))))
        .onSuccess(change::announce);
  }

  private Future<Void> mark(RoomChange change, UUID userId, long userVersion) {
    Tuple former = Tuple.of(change.roomId, userId);
    Tuple mark = Tuple.of(change.roomId, userId, change.lastSeq, userVersion);
    return change
        .connection
        .preparedQuery(FORGET_FORMER)
        .execute(former)
        .compose(forgotten -> change.connection.preparedQuery(INSERT_MARK).execute(mark))
        .mapEmpty();
  }

  private Future<Void> noticeAdded(RoomChange change, UUID userId, long userVersion) {
    return rooms
        .view(change, userId)
        .onSuccess(room -> change.notify(userId, new UserEvent.RoomAdded(userVersion, room)))
        .mapEmpty();
  }

  private static Future<Void> requireFewRooms(RoomChange change, UUID userId) {
    return change
        .connection
        .preparedQuery(COUNT_ROOMS)
        .execute(Tuple.of(userId))
        .map(
            rows -> {
              if (Rows.first(rows).getLong("n") >= MAX_ROOMS) {
                throw Problem.CONFLICT.because(
                    "Nobody can be in more than " + MAX_ROOMS + " rooms");
              }
              return null;
            });
  }

  /**
   * Leaves; an owner hands over to the longest-standing member, and the last one out ends the room.
   */
  Future<Outcome<Void>> leave(Rooms.Leave q) {
    UUID me = q.actor().userId();
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireMember();
          if (!Permissions.mayLeave(change.kind)) {
            throw Problem.CONFLICT.because("Nobody leaves a direct room");
          }
          return person(change, me)
              .compose(row -> dismiss(change, Rows.person(row)))
              .compose(
                  gone ->
                      change.role == MemberRole.OWNER
                          ? handOver(change, me)
                          : Future.succeededFuture());
        });
  }

  /** Removes someone; a removal of somebody who is not there changes nothing. */
  Future<Outcome<Void>> remove(Rooms.RemoveMember q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireMember();
          requireNotDirect(change);
          return person(change, q.userId())
              .compose(
                  row -> {
                    MemberRole theirs = row == null ? null : Rows.role(row.getString("role"));
                    if (!Permissions.mayRemove(change.kind, change.role, theirs)) {
                      throw Problem.FORBIDDEN.because(
                          "Only the owner removes people, and not an owner");
                    }
                    return theirs == null
                        ? Future.succeededFuture()
                        : dismiss(change, Rows.person(row));
                  });
        });
  }

  private static void requireNotDirect(RoomChange change) {
    if (change.kind == RoomKind.DIRECT) {
      throw Problem.CONFLICT.because("A direct room is for its two people");
    }
  }

  private Future<Void> dismiss(RoomChange change, Person person) {
    long version = change.nextVersion();
    change.memberWent();
    return change
        .nextUserVersion(person.id())
        .compose(
            userVersion ->
                change
                    .connection
                    .preparedQuery(DELETE)
                    .execute(Tuple.of(change.roomId, person.id()))
                    .compose(
                        deleted ->
                            change
                                .connection
                                .preparedQuery(INSERT_FORMER)
                                .execute(
                                    Tuple.of(change.roomId, person.id(), version, userVersion)))
                    .onSuccess(
                        done ->
                            change.notify(
                                person.id(),
                                new UserEvent.RoomRemoved(userVersion, change.roomId))))
        .onSuccess(done -> change.announce(Member.gone(person, version)))
        .mapEmpty();
  }

  private Future<Void> handOver(RoomChange change, UUID from) {
    if (change.memberCount() == 0) {
      return change.connection.preparedQuery(END_ROOM).execute(Tuple.of(change.roomId)).mapEmpty();
    }
    long version = change.nextVersion();
    return change
        .connection
        .preparedQuery(HEIR)
        .execute(Tuple.of(change.roomId, from, version))
        .compose(heir -> person(change, Rows.first(heir).getUUID("user_id")))
        .onSuccess(row -> change.announce(Rows.member(row)))
        .mapEmpty();
  }

  private static Future<Row> person(RoomChange change, UUID userId) {
    return change
        .connection
        .preparedQuery(PERSON)
        .execute(Tuple.of(change.roomId, userId))
        .map(Rows::first);
  }
}
