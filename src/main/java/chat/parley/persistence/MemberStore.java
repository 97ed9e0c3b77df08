package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Fold;
import chat.parley.model.Line;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Page;
import chat.parley.model.Permissions;
import chat.parley.model.Room;
import chat.parley.model.Rooms;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who is in which room, and who may change it. Joining, adding, leaving and removing are O(log n);
 * a page of members is O(log n + k).
 */
final class MemberStore {
  static final String LIST =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url, m.role, m.joined_at, m.version
      from members me
      join lateral (
        select * from members where room_id = me.room_id and user_id > $3
        order by user_id limit $4) m on true
      join users u on u.id = m.user_id
      where me.room_id = $2 and me.user_id = $1
      order by m.user_id
      """;

  private static final String FIND =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url, m.role, m.joined_at, m.version
      from members me
      join members m on m.room_id = me.room_id
      join users u on u.id = m.user_id
      where me.room_id = $2 and me.user_id = $1
        and ((u.username_key >= $3 and u.username_key < $4) or (u.display_key >= $3 and u.display_key < $4))
      order by u.username_key limit $5
      """;

  /** A bound that is always there lets every page be one range of the index. */
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Postgres postgres;
  private final RoomStore rooms;
  private final Membership membership;

  MemberStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
    this.membership = new Membership(rooms);
  }

  /** A page of members in the order of their ids; NOT_FOUND when the reader is not one of them. */
  Future<Page<Member, UUID>> list(Rooms.ListMembers q) {
    if (q.q() != null) {
      return find(q);
    }
    UUID after = q.after() == null ? BEFORE_ALL : q.after();
    Tuple arguments = Tuple.of(q.readerId(), q.roomId(), after, q.limit() + 1);
    return postgres
        .read(LIST, arguments)
        .compose(
            rows ->
                rows.size() == 0 && q.after() == null
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(
                        Page.of(Rows.list(rows, Rows::member), q.limit(), m -> m.user().id())));
  }

  /** Members by the beginning of a name; O(members of the room) at the most. */
  private Future<Page<Member, UUID>> find(Rooms.ListMembers q) {
    String from = Fold.key(q.q().strip());
    String to = from + Character.toString(Character.MAX_CODE_POINT);
    // PostgreSQL knows no NUL, and no name has one.
    Future<RowSet<Row>> found =
        from.indexOf(0) >= 0
            ? Future.succeededFuture()
            : postgres.read(FIND, Tuple.of(q.readerId(), q.roomId(), from, to, q.limit()));
    return found.compose(
        rows ->
            rows == null || rows.size() == 0
                // Nobody is called so, or the room is none of theirs: the list knows.
                ? list(new Rooms.ListMembers(q.readerId(), q.roomId(), null, null, 1))
                    .map(mine -> new Page<>(List.of(), null))
                : Future.succeededFuture(new Page<>(Rows.list(rows, Rows::member), null)));
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
          Future<Member> place =
              change.role == null
                  ? membership.admit(change, me, Line.Kind.JOINED)
                  : Future.succeededFuture();
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
          change.requireNotDirect();
          change.require(Permissions.Deed.ADD_MEMBER);
          return membership.admit(change, q.userId(), Line.Kind.ADDED);
        });
  }

  /** Leaves; the last owner hands over, and the last one out ends the room. */
  Future<Outcome<Void>> leave(Rooms.Leave q) {
    UUID me = q.actor().userId();
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireNotDirect();
          return membership
              .person(change, me)
              .compose(row -> membership.leave(change, Rows.person(row)));
        });
  }

  /** Removes someone; a removal of somebody who is not there changes nothing. */
  Future<Outcome<Void>> remove(Rooms.RemoveMember q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireNotDirect();
          return membership
              .person(change, q.userId())
              .compose(
                  row -> {
                    MemberRole theirs = row == null ? null : Rows.role(row.getString("role"));
                    change.requireTo(theirs, Permissions.Deed.REMOVE_MEMBER);
                    return theirs == null
                        ? Future.succeededFuture()
                        : membership
                            .remove(change, Rows.person(row), Line.Kind.REMOVED)
                            .compose(gone -> change.note(Act.MEMBER_REMOVE, q.userId()));
                  });
        });
  }

  /**
   * Gives a member another role. Others than oneself only while theirs is lower than the actor's;
   * whoever has the role already is left as they are.
   */
  Future<Outcome<Member>> changeRole(Rooms.ChangeRole q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireNotDirect();
          change.require(Permissions.Deed.CHANGE_ROLE);
          return membership
              .person(change, q.userId())
              .compose(
                  row -> {
                    MemberRole theirs = row == null ? null : Rows.role(row.getString("role"));
                    if (theirs == null) {
                      throw Problem.NOT_FOUND.because("There is no such member");
                    }
                    if (theirs == q.role()) {
                      return Future.succeededFuture(Rows.member(row));
                    }
                    if (q.userId().equals(change.actorId)) {
                      return noted(change, q, membership.stepDown(change, q.role()));
                    }
                    change.requireTo(theirs, Permissions.Deed.CHANGE_ROLE);
                    return noted(change, q, membership.changeRole(change, q.userId(), q.role()));
                  });
        });
  }

  private static Future<Member> noted(
      RoomChange change, Rooms.ChangeRole q, Future<Member> changed) {
    Map<String, ?> role = Map.of("role", Rows.stored(q.role()));
    return changed.compose(now -> change.note(Act.MEMBER_ROLE, q.userId(), role).map(now));
  }
}
