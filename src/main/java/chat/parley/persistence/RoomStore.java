package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Fold;
import chat.parley.model.MemberRole;
import chat.parley.model.Message;
import chat.parley.model.Page;
import chat.parley.model.Person;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.RoomList;
import chat.parley.model.Rooms;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Rooms as their members and the directory see them. Listing n rooms is one statement, O(n log n)
 * in the rooms of one user.
 */
final class RoomStore {
  /** How many of the unread call the reader, $1; at most 100 are counted. */
  private static final String MENTIONS =
      """
      case when mark.read_seq < h.last_seq then (
        select count(*) from (
          (select seq from mentions
            where user_id = $1 and room_key = h.room_key and seq > greatest(mark.read_seq, place.from_seq - 1)
            order by seq limit 100)
          union
          (select seq from messages
            where room_key = h.room_key and mentions_room and seq > greatest(mark.read_seq, place.from_seq - 1) and sender_id <> $1
              and not exists (select from blocks where user_id = $1 and blocked_id = sender_id)
            order by seq limit 100)
          limit 100) called) else 0 end as mention_count,
      """;

  /**
   * What a room looks like to a reader; {@code place} is the reader's row of members, {@code mark}
   * of read_marks.
   */
  private static final String COLUMNS =
      MENTIONS
          + """
      r.id as room_id, r.kind, r.name, r.name_key, r.topic, r.avatar_url as room_avatar, r.archived_at, r.posting, r.history,
        coalesce(r.retention_days, nullif(current_setting('parley.retention_days', true)::int, 0)) as retention,
        h.version as room_version, h.last_seq, h.member_count,
        place.role, place.from_seq, mark.read_seq, mark.notify, mark.unread, mark.pinned_at as place_pinned_at, mark.hidden_seq,
        low.id as low_id, low.username as low_username, low.display_name as low_name, low.avatar_url as low_avatar,
        high.id as high_id, high.username as high_username, high.display_name as high_name, high.avatar_url as high_avatar,
      """
          + MessageRow.COLUMNS;

  private static final String PEOPLE =
      """
      left join users low on low.id = r.direct_low
      left join users high on high.id = r.direct_high
      """
          + MessageRow.PEOPLE;

  static final String ONE =
      "select "
          + COLUMNS
          + """
      from rooms r
      join room_heads h on h.room_id = r.id
      left join members place on place.room_id = r.id and place.user_id = $1
      left join read_marks mark on mark.room_id = r.id and mark.user_id = place.user_id
      left join messages m on m.room_key = h.room_key and m.seq = h.last_seq and m.seq >= place.from_seq
      """
          + PEOPLE
          + """
      where r.id = $2 and r.deleted_at is null and (place.user_id is not null or r.kind = 'public')
      """;

  /**
   * Every room of mine with its head; the rest of a row only for those that changed for me since
   * $2.
   */
  static final String MINE =
      "select me.version as user_version,"
          + """
        case when row_number() over (order by place.room_id) = 1 then array(
          select f.room_id from former_members f where f.user_id = me.user_id and f.user_version > $2) end as lost,
        place.room_id as place_room, coalesce(mark.user_version > $2, false) as changed,
      """
          + COLUMNS
          + """
      from user_heads me
      left join members place on place.user_id = me.user_id
      left join room_heads h on h.room_id = place.room_id
      left join read_marks mark on mark.room_id = place.room_id and mark.user_id = me.user_id
      left join rooms r on r.id = place.room_id and mark.user_version > $2
      left join messages m on m.room_key = h.room_key and m.seq = h.last_seq and m.seq >= place.from_seq and mark.user_version > $2
      """
          + PEOPLE
          + """
      where me.user_id = $1
      order by place.room_id
      """;

  /** With a limit of one, or every room of the page would go through all rooms of the reader. */
  static final String DIRECTORY =
      "select "
          + COLUMNS
          + """
      from (
        select * from rooms
        where kind = 'public' and deleted_at is null
          and ($2::text is null or strpos(name_key, $2) > 0)
          and (name_key, id) > ($3::text, $4::uuid)
        order by name_key, id limit $5) r
      join room_heads h on h.room_id = r.id
      left join lateral (
        select * from members where room_id = r.id and user_id = $1 limit 1) place on true
      left join read_marks mark on mark.room_id = r.id and mark.user_id = place.user_id
      left join messages m on false
      """
          + PEOPLE
          + """
      order by r.name_key, r.id
      """;

  static final String KIND = "select kind from rooms where id = $1 and deleted_at is null";

  private final Postgres postgres;

  RoomStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** One room of mine, or the summary of a public one. */
  Future<Room> get(Rooms.Get q) {
    return postgres.read(ONE, Tuple.of(q.readerId(), q.roomId())).map(RoomStore::one);
  }

  /** The same in a transaction. */
  Future<Room> get(SqlConnection connection, Rooms.Get q) {
    return connection
        .preparedQuery(ONE)
        .execute(Tuple.of(q.readerId(), q.roomId()))
        .map(RoomStore::one);
  }

  /** The room as {@code reader} sees it inside a change that has not stored its head yet. */
  Future<Room> view(RoomChange change, UUID reader) {
    return change
        .connection
        .preparedQuery(ONE)
        .execute(Tuple.of(reader, change.roomId))
        .map(
            rows -> {
              Room room = one(rows);
              return room.at(change.version(), change.memberCount());
            });
  }

  private static Room one(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.NOT_FOUND.failure();
    }
    return room(Rows.first(rows));
  }

  /** All my rooms, or what changed about them since a user version; always every head. */
  Future<RoomList> list(Rooms.ListMine q) {
    // Nothing ever changed for anybody at version 0, so -1 means everything.
    long since = q.since() == null ? -1 : q.since();
    return postgres
        .read(MINE, Tuple.of(q.readerId(), since))
        .map(rows -> list(rows, q.since() != null));
  }

  private static RoomList list(RowSet<Row> rows, boolean withLost) {
    List<Room> items = new ArrayList<>();
    List<UUID> lost = new ArrayList<>();
    List<RoomList.RoomHead> heads = new ArrayList<>(rows.size());
    long version = 0;
    for (Row row : rows) {
      version = row.getLong("user_version");
      UUID[] gone = row.getArrayOfUUIDs("lost");
      if (withLost && gone != null) {
        lost.addAll(List.of(gone));
      }
      UUID roomId = row.getUUID("place_room");
      if (roomId != null) {
        heads.add(
            new RoomList.RoomHead(
                roomId,
                row.getLong("room_version"),
                row.getLong("last_seq"),
                row.getLong("read_seq"),
                row.getLong("mention_count")));
      }
      if (row.getUUID("room_id") != null) {
        items.add(room(row));
      }
    }
    return new RoomList(items, lost, heads, version);
  }

  /**
   * A page of public rooms by name; {@code q} is a part of a name. Time O(public rooms scanned),
   * space O(k).
   */
  Future<Page<Room, String>> directory(Rooms.Directory q) {
    Cursor after = Cursor.read(q.after());
    String part = q.q() == null ? null : Fold.key(q.q());
    Tuple arguments = Tuple.of(q.readerId(), part, after.nameKey, after.id, q.limit() + 1);
    return postgres
        .read(DIRECTORY, arguments)
        .map(
            rows -> {
              List<Row> all = Rows.list(rows, row -> row);
              Page<Row, String> page = Page.of(all, q.limit(), Cursor::write);
              return new Page<>(page.items().stream().map(RoomStore::room).toList(), page.next());
            });
  }

  /**
   * Why a room's content is not shown: to outsiders a public room is closed, any other does not
   * exist.
   */
  <T> Future<T> notMine(UUID roomId) {
    return postgres
        .read(KIND, Tuple.of(roomId))
        .compose(
            rows ->
                Future.failedFuture(
                    rows.size() > 0
                            && Rows.kind(Rows.first(rows).getString("kind")) == RoomKind.PUBLIC
                        ? Problem.FORBIDDEN.because("Join the room first")
                        : Problem.NOT_FOUND.failure()));
  }

  private static Room room(Row row) {
    RoomKind kind = Rows.kind(row.getString("kind"));
    UUID id = row.getUUID("room_id");
    Message last = row.getLong("seq") == null ? null : MessageRow.read(row, id);
    return new Room(
        id,
        kind,
        row.getString("name"),
        row.getString("topic"),
        row.getString("room_avatar"),
        Rows.instant(row, "archived_at"),
        Rows.posting(row.getString("posting")),
        Rows.history(row.getString("history")),
        row.getInteger("retention"),
        row.getLong("room_version"),
        row.getLong("last_seq"),
        row.getInteger("member_count"),
        kind == RoomKind.DIRECT ? pair(row) : null,
        place(row),
        last);
  }

  private static List<Person> pair(Row row) {
    return List.of(
        new Person(
            row.getUUID("low_id"),
            row.getString("low_username"),
            row.getString("low_name"),
            row.getString("low_avatar")),
        new Person(
            row.getUUID("high_id"),
            row.getString("high_username"),
            row.getString("high_name"),
            row.getString("high_avatar")));
  }

  private static Room.MyPlace place(Row row) {
    MemberRole role = Rows.role(row.getString("role"));
    if (role == null) {
      return null;
    }
    long readSeq = row.getLong("read_seq");
    long fromSeq = row.getLong("from_seq");
    return new Room.MyPlace(
        role,
        readSeq,
        row.getLong("last_seq") - readSeq,
        row.getLong("mention_count"),
        row.getBoolean("unread"),
        Rows.notifications(row.getString("notify")),
        Rows.instant(row, "place_pinned_at"),
        row.getLong("hidden_seq"),
        fromSeq == 0 ? null : (Long) fromSeq);
  }

  /** A directory cursor: the last name and id of a page, opaque to clients. */
  private record Cursor(String nameKey, UUID id) {
    static Cursor read(String text) {
      if (text == null) {
        // Before every name: a bound that is always there lets each page be one range of the index.
        return new Cursor("", new UUID(0, 0));
      }
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        return new Cursor(plain.substring(36), UUID.fromString(plain.substring(0, 36)));
      } catch (IllegalArgumentException | StringIndexOutOfBoundsException broken) {
        throw Problem.INVALID.at("after", "is not a cursor of this list");
      }
    }

    static String write(Row row) {
      String plain = row.getUUID("room_id") + row.getString("name_key");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
  }
}
