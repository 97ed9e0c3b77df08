package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Bans;
import chat.parley.model.Line;
import chat.parley.model.MemberRole;
import chat.parley.model.Permissions.Deed;
import chat.parley.model.Person;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Who may not come into a room. Whoever lets somebody in asks {@link Membership}, which looks here,
 * under the same lock. O(log n); the list is O(k).
 */
final class BanStore {
  static final int MAX_BANS = 1_000;

  private static final String COUNT = "select count(*) as n from bans where room_id = $1";

  private static final String INSERT =
      "insert into bans (room_id, user_id, by_id) values ($1, $2, $3) on conflict do nothing";

  private static final String DELETE = "delete from bans where room_id = $1 and user_id = $2";

  /** One row without a ban when there is none, so that the reader's role is always there. */
  static final String LIST =
      """
      select r.kind, me.role as my_role, b.at, u.id as user_id, u.username, u.display_name, u.avatar_url,
        who.id as by_id, who.username as by_username, who.display_name as by_name, who.avatar_url as by_avatar
      from members me join rooms r on r.id = me.room_id
      left join bans b on b.room_id = me.room_id
      left join users u on u.id = b.user_id
      left join users who on who.id = b.by_id
      where me.user_id = $1 and me.room_id = $2
      order by b.at desc, b.user_id
      """;

  private final Postgres postgres;
  private final RoomStore rooms;
  private final Membership membership;

  BanStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
    this.membership = new Membership(rooms);
  }

  /** Keeps somebody out, who is removed if they are in; once more changes nothing. */
  Future<Outcome<Void>> add(Bans.Add q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireNotDirect();
          change.require(Deed.BAN);
          return membership.person(change, q.userId()).compose(row -> add(change, row));
        });
  }

  private Future<Void> add(RoomChange change, Row row) {
    if (row == null) {
      throw Problem.NOT_FOUND.because("There is no such person");
    }
    if (row.getUUID("user_id").equals(change.actorId)) {
      throw Problem.CONFLICT.because("Nobody bans themselves");
    }
    MemberRole theirs = Rows.role(row.getString("role"));
    change.requireTo(theirs, Deed.BAN);
    Person person = Rows.person(row);
    return run(change, INSERT, Tuple.of(change.roomId, person.id(), change.actorId))
        .compose(
            inserted ->
                inserted.rowCount() == 0
                    ? Future.succeededFuture()
                    : requireFew(change)
                        .compose(few -> keepOut(change, person, theirs))
                        .compose(out -> change.note(Act.MEMBER_BAN, person.id())));
  }

  /** A member is removed; of somebody who was not in only the room's timeline knows. */
  private Future<Void> keepOut(RoomChange change, Person person, MemberRole role) {
    return role == null
        ? change.line(Line.Kind.BANNED, person.id(), null)
        : membership.remove(change, person, Line.Kind.BANNED);
  }

  private static Future<Void> requireFew(RoomChange change) {
    return run(change, COUNT, Tuple.of(change.roomId))
        .map(
            rows -> {
              if (Rows.first(rows).getLong("n") > MAX_BANS) {
                throw Problem.CONFLICT.because("A room bans at most " + MAX_BANS + " people");
              }
              return null;
            });
  }

  /** Lets somebody come again, who has to be let in as anybody; once more changes nothing. */
  Future<Outcome<Void>> lift(Bans.Lift q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.requireNotDirect();
          change.require(Deed.BAN);
          return run(change, DELETE, Tuple.of(change.roomId, q.userId()))
              .compose(
                  lifted ->
                      lifted.rowCount() == 0
                          ? Future.succeededFuture()
                          : change.note(Act.MEMBER_UNBAN, q.userId()));
        });
  }

  /** The newest first. */
  Future<List<Bans.Ban>> list(Bans.ListOf q) {
    return postgres
        .read(LIST, Tuple.of(q.readerId(), q.roomId()))
        .compose(
            rows ->
                rows.size() == 0 ? rooms.notMine(q.roomId()) : Future.succeededFuture(bans(rows)));
  }

  private static List<Bans.Ban> bans(RowSet<Row> rows) {
    Rows.requireMay(Deed.BAN, Rows.first(rows));
    return Rows.list(rows, row -> row).stream()
        .filter(row -> row.getUUID("user_id") != null)
        .map(BanStore::ban)
        .toList();
  }

  private static Bans.Ban ban(Row row) {
    Person by =
        new Person(
            row.getUUID("by_id"),
            row.getString("by_username"),
            row.getString("by_name"),
            row.getString("by_avatar"));
    return new Bans.Ban(Rows.person(row), by, Rows.instant(row, "at"));
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
