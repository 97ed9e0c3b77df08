package chat.parley.persistence;

import chat.parley.model.Act;
import chat.parley.model.Permissions;
import chat.parley.model.Rooms;
import chat.parley.model.UserEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * How rooms end: one transaction after which nobody finds the room, O(m log n) for m members; its
 * contents go in steps after that, see {@link Purges}.
 */
final class RoomEnd {
  private static final String END =
      "update rooms set deleted_at = now(), version = $2, topic = null, avatar_url = null where id = $1";

  /** In id order, as everywhere. */
  private static final String LOCK_MEMBERS =
      """
      select h.user_id from members m join user_heads h on h.user_id = m.user_id
      where m.room_id = $1 order by h.user_id for no key update of h
      """;

  private static final String NEXT_USER_VERSIONS =
      """
      update user_heads h set version = h.version + 1 from members m
      where m.room_id = $1 and h.user_id = m.user_id returning h.user_id, h.version
      """;

  private static final String REMEMBER =
      """
      insert into former_members (room_id, user_id, version, user_version)
      select $1, i.user_id, $2, i.version from unnest($3::uuid[], $4::bigint[]) as i(user_id, version)
      on conflict (room_id, user_id) do update set version = excluded.version, user_version = excluded.user_version
      """;

  private static final String DISMISS = "delete from members where room_id = $1";

  private final Postgres postgres;
  private final Purges purges;

  RoomEnd(Postgres postgres, Purges purges) {
    this.postgres = postgres;
    this.purges = purges;
  }

  /** Deletes a room with everything in it, for everybody. */
  Future<Outcome<Void>> delete(Rooms.Delete q) {
    return RoomChange.<Void>run(
            postgres,
            q.actor(),
            q.roomId(),
            change -> {
              change.requireNotDirect();
              change.require(Permissions.Deed.DELETE_ROOM);
              return whole(change)
                  .compose(
                      ended -> AuditStore.note(change.connection, Act.ROOM_DELETE, q.roomId()));
            })
        .onSuccess(ended -> purges.goOn());
  }

  /** Ends a room with all its members; its contents are left to {@link Purges}. */
  static Future<Void> whole(RoomChange change) {
    return dismissAll(change).compose(gone -> end(change));
  }

  /** Ends a room that has no members any more. */
  static Future<Void> end(RoomChange change) {
    return run(change, END, Tuple.of(change.roomId, change.announceEnd()))
        .compose(ended -> Purges.ask(change.connection, change.roomId));
  }

  private static Future<Void> dismissAll(RoomChange change) {
    Tuple room = Tuple.of(change.roomId);
    return run(change, LOCK_MEMBERS, room)
        .compose(locked -> run(change, NEXT_USER_VERSIONS, room))
        .compose(
            bumped -> {
              tell(change, bumped);
              return run(change, REMEMBER, former(change, bumped));
            })
        .compose(remembered -> run(change, DISMISS, room))
        .onSuccess(gone -> change.everybodyWent())
        .mapEmpty();
  }

  private static void tell(RoomChange change, RowSet<Row> bumped) {
    for (Row row : bumped) {
      change.notify(
          row.getUUID("user_id"), new UserEvent.RoomRemoved(row.getLong("version"), change.roomId));
    }
  }

  /** All at the version that the end of the room will be. */
  private static Tuple former(RoomChange change, RowSet<Row> bumped) {
    UUID[] ids = Rows.list(bumped, row -> row.getUUID("user_id")).toArray(UUID[]::new);
    Long[] versions = Rows.list(bumped, row -> row.getLong("version")).toArray(Long[]::new);
    return Tuple.of(change.roomId, change.version() + 1, ids, versions);
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
