package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Event;
import chat.parley.model.Head;
import chat.parley.model.Member;
import chat.parley.model.Person;
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
      select h.version as head_version, h.last_seq, change.kind as change_kind, change.version as change_version,
      """
          + MessageRow.COLUMNS
          + ","
          + LineRow.COLUMNS
          + ","
          + ReactionRow.MINE
          + """
        , coalesce(present.user_id, change.user_id) as member_id, present.role, present.joined_at,
        who.username as member_username, who.display_name as member_name, who.avatar_url as member_avatar,
        r.kind as room_kind, r.name as room_name, r.topic, r.avatar_url as room_avatar, r.archived_at, r.posting, r.history,
        coalesce(r.retention_days, nullif(current_setting('parley.retention_days', true)::int, 0)) as retention
      from head h
      cross join lateral (select h.reader_id as user_id) reader
      left join lateral (
        select * from (
          (select 'message' as kind, version, seq, null::uuid as user_id
            from messages where room_key = h.room_key and version > greatest($2, h.from_version) and seq >= h.from_seq
              and not h.ended
            order by version limit $3)
          union all
          (select 'member', version, null, user_id
            from members where room_id = h.room_id and version > $2 order by version limit $3)
          union all
          (select 'former', version, null, user_id
            from former_members where room_id = h.room_id and version > $2 and not h.ended order by version limit $3)
          union all
          (select 'line', version, null, null
            from lines where room_id = h.room_id and version > greatest($2, h.from_version) and not h.ended order by version limit $3)
          union all
          (select case when h.ended then 'gone' else 'room' end, version, null, null from rooms where id = h.room_id and version > $2)
        ) changes order by version limit $3) change on true
      left join messages m on change.kind = 'message' and m.room_key = h.room_key and m.seq = change.seq
      """
          + MessageRow.PEOPLE
          + """
      left join members present on change.kind = 'member' and present.room_id = h.room_id and present.user_id = change.user_id
      left join users who on who.id = change.user_id
      left join lines l on change.kind = 'line' and l.room_id = h.room_id and l.version = change.version
      """
          + LineRow.PEOPLE
          + """
      left join rooms r on change.kind = 'room' and r.id = h.room_id
      order by change.version
      """;

  static final String OF_A_MEMBER =
      """
      with head as (
        select h.*, me.from_seq, me.from_version, me.user_id as reader_id, false as ended
        from room_heads h join members me on me.room_id = h.room_id and me.user_id = $4 where h.room_id = $1)
      """
          + CHANGES;

  /**
   * Of a room that has ended only that it has: its people and its contents are nobody's any more.
   */
  static final String OF_THE_HUB =
      """
      with head as (
        select h.*, 0::bigint as from_seq, 0::bigint as from_version, null::uuid as reader_id, r.deleted_at is not null as ended
        from room_heads h join rooms r on r.id = h.room_id where h.room_id = $1)
      """
          + CHANGES;

  static final String MAY_HEAR =
      """
      select ear.ord, h.version, h.last_seq, m.from_seq
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
    Map<Long, List<String>> mine = new HashMap<>();
    for (Row row : rows) {
      if (row.getString("change_kind") != null && items.size() < limit) {
        items.add(event(row, roomId));
        ReactionRow.note(row, mine);
      }
    }
    Row row = Rows.first(rows);
    Head head = new Head(row.getLong("head_version"), row.getLong("last_seq"));
    return new Sync(items, mine, head, rows.size() > limit);
  }

  private static Event event(Row row, UUID roomId) {
    long version = row.getLong("change_version");
    return switch (row.getString("change_kind")) {
      case "message" -> new Event.MessageChanged(roomId, version, MessageRow.read(row, roomId));
      case "member" ->
          new Event.MemberChanged(
              roomId,
              version,
              Member.present(
                  member(row),
                  Rows.role(row.getString("role")),
                  Rows.instant(row, "joined_at"),
                  version));
      case "former" -> new Event.MemberChanged(roomId, version, Member.gone(member(row), version));
      case "line" -> new Event.LineAdded(roomId, version, LineRow.read(row));
      case "gone" -> new Event.RoomGone(roomId, version);
      default -> new Event.RoomChanged(roomId, version, Rows.room(row, roomId, version));
    };
  }

  private static Person member(Row row) {
    return new Person(
        row.getUUID("member_id"),
        row.getString("member_username"),
        row.getString("member_name"),
        row.getString("member_avatar"));
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
              Arrays.fill(answers, Rooms.Admission.REFUSED);
              for (Row row : rows) {
                answers[row.getInteger("ord")] =
                    new Rooms.Admission(head(row), row.getLong("from_seq"));
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
