package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Fold;
import chat.parley.model.Ids;
import chat.parley.model.MemberRole;
import chat.parley.model.NewRoom;
import chat.parley.model.Person;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.Rooms;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes rooms: O(m log n) for m members, in one transaction. A pair's direct room is found again
 * instead.
 */
final class RoomMaker {
  private static final String INSERT_ROOM =
      """
      insert into rooms (id, kind, name, name_key, direct_low, direct_high, created_by, version)
      values ($1, $2, $3, $4, $5, $6, $7, 1)
      on conflict (direct_low, direct_high) do nothing
      """;

  private static final String FIND_DIRECT =
      "select id from rooms where direct_low = $1 and direct_high = $2";

  private static final String INSERT_HEAD =
      """
      insert into room_heads (room_id, version, member_count) values ($1, $2, $3)
      """;

  /** In id order, so that two rooms made at once with the same people do not deadlock. */
  private static final String LOCK_USERS =
      """
      select h.user_id, u.username, u.display_name, u.avatar_url,
        (select count(*) from members m where m.user_id = h.user_id) as rooms
      from user_heads h join users u on u.id = h.user_id
      where h.user_id = any($1) and u.disabled_at is null
      order by h.user_id for no key update of h
      """;

  private static final String NEXT_USER_VERSIONS =
      """
      update user_heads h set version = version + 1 from users u
      where h.user_id = any($1) and u.id = h.user_id and u.disabled_at is null
      returning h.user_id, h.version
      """;

  private static final String INSERT_MEMBERS =
      """
      insert into members (room_id, user_id, role, version)
      select $1, i.user_id, i.role, i.version from unnest($2::uuid[], $3::text[], $4::bigint[]) as i(user_id, role, version)
      """;

  private static final String INSERT_MARKS =
      """
      insert into read_marks (room_id, user_id, user_version)
      select $1, i.user_id, i.version from unnest($2::uuid[], $3::bigint[]) as i(user_id, version)
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  RoomMaker(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  Future<Outcome<Rooms.Created>> create(Rooms.Create q) {
    Plan plan = Plan.of(q);
    return postgres
        .<Outcome<Rooms.Created>>write(q.actor(), connection -> insertRoom(connection, plan))
        .compose(made -> made != null ? Future.succeededFuture(made) : again(plan));
  }

  private Future<Outcome<Rooms.Created>> again(Plan plan) {
    return postgres
        .read(FIND_DIRECT, Tuple.of(plan.low(), plan.high()))
        .compose(found -> rooms.get(new Rooms.Get(plan.maker, Rows.first(found).getUUID("id"))))
        .map(room -> Outcome.silent(new Rooms.Created(room, false)));
  }

  private Future<Outcome<Rooms.Created>> insertRoom(SqlConnection connection, Plan plan) {
    return people(connection, plan)
        .compose(
            people ->
                connection
                    .preparedQuery(INSERT_ROOM)
                    .execute(plan.row())
                    .compose(
                        inserted ->
                            inserted.rowCount() == 0
                                ? Future.succeededFuture()
                                : allowed(connection, plan)
                                    .compose(free -> fill(connection, plan, people))));
  }

  /** Only a new direct room asks for it: one that there is stays, whatever came between the two. */
  private static Future<Void> allowed(SqlConnection connection, Plan plan) {
    if (plan.kind != RoomKind.DIRECT) {
      return Future.succeededFuture();
    }
    UUID other = plan.maker.equals(plan.low()) ? plan.high() : plan.low();
    return PrivacyStore.requireMayWrite(connection, plan.maker, other);
  }

  /**
   * Locks everybody who will be in the room and makes sure that they exist and have place for one
   * more.
   */
  private Future<List<Person>> people(SqlConnection connection, Plan plan) {
    return connection
        .preparedQuery(LOCK_USERS)
        .execute(Tuple.of(plan.ids()))
        .map(
            rows -> {
              if (rows.size() < plan.everybody.size()) {
                throw Problem.INVALID.at("/members", "names somebody who does not exist");
              }
              for (Row row : rows) {
                if (row.getLong("rooms") >= Membership.MAX_ROOMS) {
                  throw Problem.CONFLICT.because(
                      "Nobody can be in more than " + Membership.MAX_ROOMS + " rooms");
                }
              }
              return Rows.list(rows, Rows::person);
            });
  }

  private Future<Outcome<Rooms.Created>> fill(
      SqlConnection connection, Plan plan, List<Person> people) {
    UUID[] ids = people.stream().map(Person::id).toArray(UUID[]::new);
    String[] roles =
        people.stream().map(person -> Rows.stored(plan.roleOf(person.id()))).toArray(String[]::new);
    Long[] versions = new Long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      versions[i] = 2L + i;
    }
    Tuple head = Tuple.of(plan.roomId, 1L + ids.length, ids.length);
    return connection
        .preparedQuery(INSERT_HEAD)
        .execute(head)
        .compose(
            done ->
                connection
                    .preparedQuery(INSERT_MEMBERS)
                    .execute(Tuple.of(plan.roomId, ids, roles, versions)))
        .compose(done -> connection.preparedQuery(NEXT_USER_VERSIONS).execute(Tuple.of(ids)))
        .compose(
            bumped -> {
              if (bumped.size() < ids.length) {
                // They have deleted their account since they were looked up.
                throw Problem.INVALID.at("/members", "names somebody who does not exist");
              }
              return marks(connection, plan, bumped).map(done -> outcome(plan, people, bumped));
            });
  }

  private static Future<RowSet<Row>> marks(
      SqlConnection connection, Plan plan, RowSet<Row> bumped) {
    UUID[] ids = Rows.list(bumped, row -> row.getUUID("user_id")).toArray(UUID[]::new);
    Long[] versions = Rows.list(bumped, row -> row.getLong("version")).toArray(Long[]::new);
    return connection.preparedQuery(INSERT_MARKS).execute(Tuple.of(plan.roomId, ids, versions));
  }

  private static Outcome<Rooms.Created> outcome(
      Plan plan, List<Person> people, RowSet<Row> bumped) {
    List<UserNotice> notices = new ArrayList<>();
    for (Row row : bumped) {
      UUID userId = row.getUUID("user_id");
      notices.add(
          UserNotice.of(
              userId,
              new UserEvent.RoomAdded(row.getLong("version"), plan.seenBy(userId, people))));
    }
    return new Outcome<>(
        new Rooms.Created(plan.seenBy(plan.maker, people), true), List.of(), notices);
  }

  /** A checked wish: who will be in the room and what it is called. */
  private record Plan(UUID roomId, RoomKind kind, String name, UUID maker, List<UUID> everybody) {
    static Plan of(Rooms.Create q) {
      NewRoom wish = q.wish();
      UUID maker = q.actor().userId();
      Set<UUID> everybody = new LinkedHashSet<>();
      everybody.add(maker);
      everybody.addAll(wish.members() == null ? List.of() : wish.members());
      boolean direct = wish.kind() == RoomKind.DIRECT;
      if (direct) {
        requireDirect(wish, everybody);
      }
      String name = direct ? null : RoomText.name(wish.name());
      return new Plan(Ids.next(), wish.kind(), name, maker, everybody.stream().sorted().toList());
    }

    private static void requireDirect(NewRoom wish, Set<UUID> everybody) {
      if (wish.name() != null) {
        throw Problem.INVALID.at("/name", "a direct room has no name");
      }
      if (everybody.size() != 2 || wish.members().size() != 1) {
        throw Problem.INVALID.at("/members", "a direct room takes exactly one other person");
      }
    }

    UUID[] ids() {
      return everybody.toArray(UUID[]::new);
    }

    UUID low() {
      return everybody.get(0).toString().compareTo(everybody.get(1).toString()) < 0
          ? everybody.get(0)
          : everybody.get(1);
    }

    UUID high() {
      return low().equals(everybody.get(0)) ? everybody.get(1) : everybody.get(0);
    }

    MemberRole roleOf(UUID userId) {
      return kind != RoomKind.DIRECT && userId.equals(maker) ? MemberRole.OWNER : MemberRole.MEMBER;
    }

    Tuple row() {
      boolean direct = kind == RoomKind.DIRECT;
      return Tuple.of(roomId, Rows.stored(kind), name, direct ? null : Fold.key(name))
          .addUUID(direct ? low() : null)
          .addUUID(direct ? high() : null)
          .addUUID(maker);
    }

    Room seenBy(UUID userId, List<Person> people) {
      return Room.made(
          roomId, kind, name, 1 + people.size(), people, Room.MyPlace.plain(roleOf(userId), 0, 0));
    }
  }
}
