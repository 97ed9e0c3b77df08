package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Invite;
import chat.parley.model.Invites;
import chat.parley.model.Line;
import chat.parley.model.MemberRole;
import chat.parley.model.Permissions;
import chat.parley.model.Permissions.Deed;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Links that let people into a room. All that changes one holds the room's lock, so uses are
 * counted one after the other; a link that cannot be used is not there, whatever the reason. O(log
 * n) each.
 */
final class InviteStore {
  static final int MAX_LIVE = 100;

  /** A link speaks for who made it, and only while they may invite themselves. */
  private static final String[] INVITERS =
      Arrays.stream(MemberRole.values())
          .filter(role -> Permissions.may(Deed.INVITE, RoomKind.GROUP, role))
          .map(Rows::stored)
          .toArray(String[]::new);

  private static final String FORGET_DEAD =
      """
      delete from invites i where i.room_id = $1 and (
        i.expires_at <= now() or i.uses >= i.max_uses
        or not exists (select from members m where m.room_id = i.room_id and m.user_id = i.created_by and m.role = any($2)))
      """;

  private static final String COUNT = "select count(*) as n from invites where room_id = $1";

  private static final String INSERT =
      """
      with i as (
        insert into invites (id, room_id, hash, created_by, expires_at, max_uses)
        values ($1, $2, $3, $4, now() + make_interval(hours => $5), $6) returning *)
      select i.id, i.created_at, i.expires_at, i.max_uses, i.uses, u.id as user_id, u.username, u.display_name, u.avatar_url
      from i join users u on u.id = i.created_by
      """;

  private static final String LIVE =
      """
      i.expires_at > now() and (i.max_uses is null or i.uses < i.max_uses)
      """;

  /**
   * One row without an invitation when there is none, so that the reader's role is always there.
   */
  static final String LIST =
      """
      select r.kind, me.role as my_role, i.*
      from members me join rooms r on r.id = me.room_id left join lateral (
        select i.id, i.created_at, i.expires_at, i.max_uses, i.uses, u.id as user_id, u.username, u.display_name, u.avatar_url
        from invites i
        join members m on m.room_id = i.room_id and m.user_id = i.created_by and m.role = any($3)
        join users u on u.id = i.created_by
        where i.room_id = me.room_id and
      """
          + LIVE
          + """
        ) i on true
      where me.user_id = $1 and me.room_id = $2
      order by i.created_at desc, i.id desc
      """;

  private static final String REVOKE = "delete from invites where id = $1 and room_id = $2";

  private static final String FIND = "select room_id from invites where hash = $1";

  static final String LOOK =
      """
      select r.id, r.kind, r.name, r.topic, r.avatar_url, h.member_count, i.expires_at
      from invites i
      join rooms r on r.id = i.room_id and r.deleted_at is null
      join room_heads h on h.room_id = r.id
      join members m on m.room_id = i.room_id and m.user_id = i.created_by and m.role = any($3)
      where i.hash = $2
        and (r.kind = 'public' or not exists (select from bans b where b.room_id = r.id and b.user_id = $1))
        and
      """
          + LIVE;

  private static final String HOLD =
      """
      select i.id from invites i
      join members m on m.room_id = i.room_id and m.user_id = i.created_by and m.role = any($3)
      where i.hash = $1 and i.room_id = $2 and
      """
          + LIVE
          + """
      for no key update of i
      """;

  private static final String USE = "update invites set uses = uses + 1 where id = $1";

  private final Postgres postgres;
  private final RoomStore rooms;
  private final Membership membership;

  InviteStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
    this.membership = new Membership(rooms);
  }

  Future<Outcome<Invite>> create(Invites.Row row) {
    Invites.Make make = row.make();
    return RoomChange.run(
        postgres,
        make.actor(),
        make.roomId(),
        change -> {
          change.requireNotDirect();
          change.require(Deed.INVITE);
          return run(change, FORGET_DEAD, Tuple.of(change.roomId).addArrayOfString(INVITERS))
              .compose(forgotten -> run(change, COUNT, Tuple.of(change.roomId)))
              .compose(count -> insert(change, row, Rows.first(count).getLong("n")));
        });
  }

  private static Future<Invite> insert(RoomChange change, Invites.Row row, long live) {
    if (live >= MAX_LIVE) {
      throw Problem.CONFLICT.because("A room has at most " + MAX_LIVE + " invitations");
    }
    Invites.Wish wish = row.make().wish();
    int hours =
        wish.expiresInHours() == null ? Invites.DEFAULT_HOURS : wish.expiresInHours().intValue();
    Tuple values =
        Tuple.of(row.id(), change.roomId, SessionStore.bytes(row.hash()), change.actorId, hours)
            .addInteger(wish.maxUses());
    return run(change, INSERT, values).map(rows -> invite(Rows.first(rows)));
  }

  /** The newest first; without their tokens, which nobody has any more. */
  Future<List<Invite>> list(Invites.ListOf q) {
    return postgres
        .read(LIST, Tuple.of(q.readerId(), q.roomId(), INVITERS))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(invites(rows)));
  }

  private static List<Invite> invites(RowSet<Row> rows) {
    Rows.requireMay(Deed.INVITE, Rows.first(rows));
    return Rows.list(rows, row -> row).stream()
        .filter(row -> row.getUUID("id") != null)
        .map(InviteStore::invite)
        .toList();
  }

  private static Invite invite(Row row) {
    return new Invite(
        row.getUUID("id"),
        null,
        null,
        Rows.instant(row, "expires_at"),
        row.getInteger("max_uses"),
        row.getInteger("uses"),
        Rows.person(row),
        Rows.instant(row, "created_at"));
  }

  Future<Outcome<Void>> revoke(Invites.Revoke q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          change.require(Deed.INVITE);
          return run(change, REVOKE, Tuple.of(q.inviteId(), change.roomId))
              .map(
                  gone -> {
                    if (gone.rowCount() == 0) {
                      throw Problem.NOT_FOUND.failure();
                    }
                    return null;
                  });
        });
  }

  Future<Invites.Preview> look(Invites.LookByHash q) {
    return postgres
        .read(LOOK, Tuple.of(q.readerId(), SessionStore.bytes(q.hash()), INVITERS))
        .map(rows -> preview(orNothing(rows)));
  }

  private static Invites.Preview preview(Row row) {
    return new Invites.Preview(
        new Invites.Preview.Summary(
            row.getUUID("id"),
            Rows.kind(row.getString("kind")),
            row.getString("name"),
            row.getString("topic"),
            row.getString("avatar_url"),
            row.getInteger("member_count")),
        Rows.instant(row, "expires_at"));
  }

  /** Lets somebody in; whoever is in already, maybe by the last use, costs none. */
  Future<Outcome<Room>> accept(Invites.AcceptByHash q) {
    return postgres
        .read(FIND, Tuple.of(SessionStore.bytes(q.hash())))
        .map(rows -> orNothing(rows).getUUID("room_id"))
        .compose(
            roomId ->
                RoomChange.run(postgres, q.actor(), roomId, change -> enter(change, q.hash())));
  }

  private Future<Room> enter(RoomChange change, byte[] hash) {
    UUID me = change.actorId;
    if (change.role != null) {
      return rooms.view(change, me);
    }
    // Once more, as only under the room's lock it is sure what others have used.
    return run(change, HOLD, Tuple.of(SessionStore.bytes(hash), change.roomId, INVITERS))
        .map(rows -> orNothing(rows).getUUID("id"))
        .compose(
            id ->
                membership
                    .admit(change, me, Line.Kind.JOINED)
                    .compose(in -> run(change, USE, Tuple.of(id))))
        .compose(in -> rooms.view(change, me));
  }

  private static Row orNothing(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.NOT_FOUND.failure();
    }
    return Rows.first(rows);
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
