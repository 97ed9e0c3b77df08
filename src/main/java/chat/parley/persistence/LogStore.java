package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Event;
import chat.parley.model.Head;
import chat.parley.model.Room;
import chat.parley.model.Rooms;
import chat.parley.model.Sync;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A room as a log: every row that changed since a version, in the order of versions, with the head
 * of the same snapshot. O(log n + k): each table has an index that leads with the room and its
 * version. Serves people who catch up and the hub that fills a gap with the same rows.
 */
final class LogStore {
  /** How many rows the hub reads at once. */
  private static final int GAP_PAGE = 500;

  private static final String CHANGES =
      """
      select h.version as head_version, h.last_seq, change.*, u.username, u.display_name, u.avatar_url
      from head h
      left join lateral (
        select * from (
          (select 'message' as kind, m.version, m.seq, m.client_id, m.sender_id as user_id, m.body, m.sent_at, m.edited_at,
              m.deleted_at, null::text as role, null::timestamptz as joined_at, null::text as room_kind, null::text as name
            from messages m where m.room_key = h.room_key and m.version > $2 order by m.version limit $3)
          union all
          (select 'member', m.version, null, null, m.user_id, null, null, null, null, m.role, m.joined_at, null, null
            from members m where m.room_id = h.room_id and m.version > $2 order by m.version limit $3)
          union all
          (select 'member', m.version, null, null, m.user_id, null, null, null, null, null, null, null, null
            from former_members m where m.room_id = h.room_id and m.version > $2 order by m.version limit $3)
          union all
          (select 'room', r.version, null, null, null, null, null, null, null, null, null, r.kind, r.name
            from rooms r where r.id = h.room_id and r.version > $2)
        ) changes order by version limit $3) change on true
      left join users u on u.id = change.user_id
      order by change.version
      """;

  static final String OF_A_MEMBER =
      """
      with head as (
        select h.* from room_heads h join members me on me.room_id = h.room_id and me.user_id = $4 where h.room_id = $1)
      """
          + CHANGES;

  static final String OF_THE_HUB =
      """
      with head as (select h.* from room_heads h where h.room_id = $1)
      """
          + CHANGES;

  static final String MAY_HEAR =
      """
      select ear.ord, h.version, h.last_seq
      from unnest($1::int[], $2::uuid[], $3::uuid[]) as ear(ord, user_id, room_id)
      join members m on m.room_id = ear.room_id and m.user_id = ear.user_id
      join room_heads h on h.room_id = ear.room_id
      """;

  static final String ROOM_HEADS =
      "select room_id, version, last_seq from room_heads where room_id = any($1)";

  static final String USER_HEADS =
      "select user_id, version from user_heads where user_id = any($1)";

  private final Postgres postgres;
  private final RoomStore rooms;
  private final Map<Rooms.ReadLog, Future<Sync>> reading = new HashMap<>();

  LogStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** A member's catch-up. */
  Future<Sync> sync(Rooms.SyncSince q) {
    Tuple arguments = Tuple.of(q.roomId(), q.since(), q.limit() + 1, q.readerId());
    return postgres
        .read(OF_A_MEMBER, arguments)
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(sync(rows, q.roomId(), q.limit())));
  }

  /** The hub's gap: asked by several event loops at once, it is read once. */
  Future<Sync> log(Rooms.ReadLog q) {
    Future<Sync> running = reading.get(q);
    if (running != null) {
      return running;
    }
    Future<Sync> read =
        postgres
            .read(OF_THE_HUB, Tuple.of(q.roomId(), q.since(), GAP_PAGE + 1))
            .map(
                rows -> {
                  if (rows.size() == 0) {
                    throw Problem.NOT_FOUND.failure();
                  }
                  return sync(rows, q.roomId(), GAP_PAGE);
                });
    reading.put(q, read);
    return read.onComplete(done -> reading.remove(q));
  }

  private static Sync sync(RowSet<Row> rows, UUID roomId, int limit) {
    List<Event> items = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.getString("kind") != null && items.size() < limit) {
        items.add(event(row, roomId));
      }
    }
    Row row = Rows.first(rows);
    Head head = new Head(row.getLong("head_version"), row.getLong("last_seq"));
    return new Sync(items, head, rows.size() > limit);
  }

  private static Event event(Row row, UUID roomId) {
    long version = row.getLong("version");
    return switch (row.getString("kind")) {
      case "message" -> new Event.MessageChanged(roomId, version, Rows.message(row, roomId));
      case "member" -> new Event.MemberChanged(roomId, version, Rows.member(row));
      default ->
          new Event.RoomChanged(
              roomId,
              version,
              new Room(
                  roomId,
                  Rows.kind(row.getString("room_kind")),
                  row.getString("name"),
                  version,
                  null,
                  null,
                  null,
                  null,
                  null));
    };
  }

  /**
   * Who may hear what, many at once: one statement, one snapshot; answers in the order of the
   * questions.
   */
  Future<List<Rooms.Admission>> mayHear(Rooms.MayHear q) {
    int n = q.ears().size();
    Integer[] order = new Integer[n];
    UUID[] users = new UUID[n];
    UUID[] roomIds = new UUID[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
      users[i] = q.ears().get(i).userId();
      roomIds[i] = q.ears().get(i).roomId();
    }
    return postgres
        .read(MAY_HEAR, Tuple.of(order, users, roomIds))
        .map(
            rows -> {
              Rooms.Admission[] answers = new Rooms.Admission[n];
              Arrays.fill(answers, new Rooms.Admission(null));
              for (Row row : rows) {
                answers[row.getInteger("ord")] = new Rooms.Admission(head(row));
              }
              return List.of(answers);
            });
  }

  /** Where rooms and people stand: two statements, each on a primary key. */
  Future<Rooms.Heads> heads(Rooms.ReadHeads q) {
    Future<RowSet<Row>> roomRows =
        postgres.read(ROOM_HEADS, Tuple.of(q.roomIds().toArray(UUID[]::new)));
    Future<RowSet<Row>> userRows =
        postgres.read(USER_HEADS, Tuple.of(q.userIds().toArray(UUID[]::new)));
    return Future.all(roomRows, userRows)
        .map(
            both -> {
              Map<UUID, Head> heads = new HashMap<>();
              roomRows.result().forEach(row -> heads.put(row.getUUID("room_id"), head(row)));
              Map<UUID, Long> versions = new HashMap<>();
              userRows
                  .result()
                  .forEach(row -> versions.put(row.getUUID("user_id"), row.getLong("version")));
              return new Rooms.Heads(heads, versions);
            });
  }

  private static Head head(Row row) {
    return new Head(row.getLong("version"), row.getLong("last_seq"));
  }
}
