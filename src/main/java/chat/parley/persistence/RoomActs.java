package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.Line;
import chat.parley.model.MemberRole;
import chat.parley.model.RoomHistory;
import chat.parley.model.RoomKind;
import chat.parley.model.RoomPosting;
import chat.parley.model.RoomSettings;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What administrators do in rooms, by the same changes as the people in them: versions, events and
 * lines come of it as always, with the administrator as who did it.
 */
final class RoomActs {
  private static final String DELETED =
      "select deleted_at is not null as deleted from messages where room_key = $1 and seq = $2";

  private static final String LIFT = "delete from bans where room_id = $1 and user_id = $2";

  private static final String INVITED_TO = "select room_id from invites where id = $1";

  private static final String REVOKE = "delete from invites where id = $1";

  private final AdminServices services;
  private final Membership membership;

  RoomActs(AdminServices services) {
    this.services = services;
    this.membership = new Membership(services.rooms());
  }

  Future<Outcome<Admin.Done>> edit(Admin.Deed deed) {
    RoomSettings wish =
        new RoomSettings(
            deed.text("name"),
            deed.text("topic"),
            kind(deed.text("kind")),
            deed.flag("archived"),
            posting(deed.text("posting")),
            history(deed.text("history")));
    return services.inRoom(
        deed,
        AdminServices.id(deed),
        change -> {
          Long days = deed.number("retentionDays");
          if (days == null || deed.fields().size() > 1) {
            requireNotDirect(change);
          }
          return RoomSettingsStore.apply(change, wish)
              .compose(
                  applied ->
                      days == null ? Future.succeededFuture() : RetentionStore.set(change, days))
              .map(deed.id());
        });
  }

  private static RoomKind kind(String stored) {
    return stored == null ? null : Rows.kind(stored);
  }

  private static RoomPosting posting(String stored) {
    return Rows.posting(stored);
  }

  private static RoomHistory history(String stored) {
    return Rows.history(stored);
  }

  /** For everybody, with all that is in it, in the same steps as when an owner does it. */
  Future<Outcome<Admin.Done>> delete(Admin.Deed deed) {
    return services
        .inRoom(
            deed,
            AdminServices.id(deed),
            change -> {
              requireNotDirect(change);
              return RoomEnd.whole(change).map(deed.id());
            })
        .onSuccess(ended -> services.purges().goOn());
  }

  Future<Outcome<Admin.Done>> addMember(Admin.Deed deed) {
    UUID roomId = UUID.fromString(deed.text("room"));
    UUID userId = UUID.fromString(deed.text("user"));
    return services.inRoom(
        deed,
        roomId,
        change -> {
          requireNotDirect(change);
          return membership.admit(change, userId, Line.Kind.ADDED).map(roomId + ":" + userId);
        });
  }

  Future<Outcome<Admin.Done>> changeRole(Admin.Deed deed) {
    UUID userId = AdminServices.idPart(deed, 1);
    MemberRole role = MemberRole.valueOf(deed.text("role").toUpperCase(Locale.ROOT));
    return member(
        deed,
        userId,
        (change, row) ->
            role.name().equalsIgnoreCase(row.getString("role"))
                ? Future.succeededFuture()
                : requireAnotherOwner(change, userId, row)
                    .compose(other -> membership.changeRole(change, userId, role))
                    .mapEmpty());
  }

  Future<Outcome<Admin.Done>> removeMember(Admin.Deed deed) {
    UUID userId = AdminServices.idPart(deed, 1);
    return member(
        deed,
        userId,
        (change, row) ->
            requireAnotherOwner(change, userId, row)
                .compose(other -> membership.remove(change, Rows.person(row), Line.Kind.REMOVED)));
  }

  private interface OfMember {
    Future<Void> run(RoomChange change, Row row);
  }

  private Future<Outcome<Admin.Done>> member(Admin.Deed deed, UUID userId, OfMember work) {
    return services.inRoom(
        deed,
        AdminServices.idPart(deed, 0),
        change -> {
          requireNotDirect(change);
          return membership
              .person(change, userId)
              .compose(
                  row -> {
                    if (row == null || row.getString("role") == null) {
                      throw Problem.NOT_FOUND.failure();
                    }
                    return work.run(change, row);
                  })
              .map(deed.id());
        });
  }

  /** A room has somebody who may do everything in it. */
  private static Future<Void> requireAnotherOwner(RoomChange change, UUID userId, Row row) {
    return Rows.role(row.getString("role")) != MemberRole.OWNER
        ? Future.succeededFuture()
        : Membership.hasOtherOwner(change, userId)
            .map(
                other -> {
                  if (!other) {
                    throw Problem.CONFLICT.because("Make somebody else owner first");
                  }
                  return null;
                });
  }

  /** A tombstone is left, and nothing of what it said; once more changes nothing. */
  Future<Outcome<Admin.Done>> deleteMessage(Admin.Deed deed) {
    long seq = Long.parseLong(AdminServices.part(deed, 1));
    return services.inRoom(
        deed,
        AdminServices.idPart(deed, 0),
        change ->
            run(change, DELETED, Tuple.of(change.roomKey, seq))
                .compose(
                    rows -> {
                      if (rows.size() == 0) {
                        throw Problem.NOT_FOUND.failure();
                      }
                      return Rows.first(rows).getBoolean("deleted")
                          ? Future.succeededFuture(List.of())
                          : Tombstones.bury(change, seq);
                    })
                .map(deed.id()));
  }

  Future<Outcome<Admin.Done>> liftBan(Admin.Deed deed) {
    UUID userId = AdminServices.idPart(deed, 1);
    return services.inRoom(
        deed,
        AdminServices.idPart(deed, 0),
        change ->
            run(change, LIFT, Tuple.of(change.roomId, userId)).map(RoomActs::gone).map(deed.id()));
  }

  Future<Outcome<Admin.Done>> revokeInvite(Admin.Deed deed) {
    UUID id = AdminServices.id(deed);
    return services
        .postgres()
        .read(INVITED_TO, Tuple.of(id))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return Rows.first(rows).getUUID("room_id");
            })
        .compose(
            roomId ->
                services.inRoom(
                    deed,
                    roomId,
                    change ->
                        run(change, REVOKE, Tuple.of(id)).map(RoomActs::gone).map(deed.id())));
  }

  Future<Outcome<Admin.Done>> removePicture(Admin.Deed deed) {
    return services.inRoom(
        deed,
        AdminServices.id(deed),
        change -> {
          if (change.room.avatarUrl() == null) {
            throw Problem.NOT_FOUND.failure();
          }
          return RoomPictureStore.store(change, null, null).map(deed.id());
        });
  }

  private static void requireNotDirect(RoomChange change) {
    if (change.kind == RoomKind.DIRECT) {
      throw Problem.CONFLICT.because("A direct room is for its two people");
    }
  }

  private static Void gone(RowSet<Row> rows) {
    return SessionStore.atLeastOne(rows, Problem.NOT_FOUND);
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
