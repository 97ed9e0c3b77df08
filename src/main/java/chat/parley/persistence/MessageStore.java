package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Head;
import chat.parley.model.History;
import chat.parley.model.Line;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.OneMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * History: a page is one range of the primary key, O(log n + k) at any depth, for members only.
 * Pages that are asked for while others are being read are read together, and the same page once.
 */
final class MessageStore {
  private static final String COLUMNS =
      """
      h.version as head_version, h.last_seq,
      """
          + MessageRow.COLUMNS
          + ","
          + ReactionRow.MINE;

  /** Several pages at once, each for its reader; most of them are far from the room's last line. */
  private static final String PAGES =
      "select q.ord, newest.after_seq as newest_line, "
          + COLUMNS
          + """
      from unnest($1::int[], $2::uuid[], $3::uuid[], $4::bigint[], $5::int[]) as q(ord, reader_id, room_id, seq, size)
      join members reader on reader.room_id = q.room_id and reader.user_id = q.reader_id
      join room_heads h on h.room_id = reader.room_id
      left join lateral (
        select after_seq from lines where room_id = reader.room_id order by after_seq desc, version desc limit 1) newest on true
      """;

  static final String BEFORE =
      PAGES
          + """
      left join lateral (
        select * from messages where room_key = h.room_key and seq < q.seq and seq >= reader.from_seq order by seq desc limit q.size) m on true
      """
          + MessageRow.PEOPLE
          + " order by q.ord, m.seq desc";

  static final String AFTER =
      PAGES
          + """
      left join lateral (
        select * from messages where room_key = h.room_key and seq > greatest(q.seq, reader.from_seq - 1) order by seq limit q.size) m on true
      """
          + MessageRow.PEOPLE
          + " order by q.ord, m.seq";

  static final String ONE =
      "select "
          + COLUMNS
          + """
      from members reader
      join room_heads h on h.room_id = reader.room_id
      left join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= reader.from_seq
      """
          + MessageRow.PEOPLE
          + """
      where reader.room_id = $2 and reader.user_id = $1
      """;

  /** More would keep the first of them waiting for the last. */
  private static final int PAGES_AT_ONCE = 16;

  private final Postgres postgres;
  private final RoomStore rooms;
  private final PageLines lines;
  private final Gathered<Messages.ReadPage, History> before;
  private final Gathered<Messages.ReadPage, History> after;

  MessageStore(Vertx vertx, Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
    this.lines = new PageLines(postgres);
    this.before = new Gathered<>(vertx, PAGES_AT_ONCE, pages -> read(pages, false));
    this.after = new Gathered<>(vertx, PAGES_AT_ONCE, pages -> read(pages, true));
  }

  /** A page before or after a seq, the newest when neither is given; items ascend. */
  Future<History> page(Messages.ReadPage q) {
    return (q.after() != null ? after : before)
        .ask(q)
        .compose(
            page ->
                page.isPresent() ? Future.succeededFuture(page.get()) : rooms.notMine(q.roomId()));
  }

  /**
   * Half a page before the seq and half from it on. They are read apart: what the later snapshot
   * knows more is no newer than what follows after the older head.
   */
  Future<History> around(Messages.ReadAround q) {
    if (q.seq() <= 1) {
      return page(new Messages.ReadPage(q.readerId(), q.roomId(), null, 0L, q.limit()))
          .map(History::fromTheBeginning);
    }
    int half = Math.max(1, q.limit() / 2);
    int rest = Math.max(1, q.limit() - half);
    Future<History> older =
        page(new Messages.ReadPage(q.readerId(), q.roomId(), q.seq(), null, half));
    Future<History> newer =
        page(new Messages.ReadPage(q.readerId(), q.roomId(), null, q.seq() - 1, rest));
    return Future.all(older, newer).map(both -> older.result().followedBy(newer.result()));
  }

  private Future<Map<Messages.ReadPage, History>> read(
      List<Messages.ReadPage> pages, boolean forward) {
    int n = pages.size();
    Integer[] order = new Integer[n];
    UUID[] readers = new UUID[n];
    UUID[] roomIds = new UUID[n];
    Long[] seqs = new Long[n];
    Integer[] sizes = new Integer[n];
    for (int i = 0; i < n; i++) {
      Messages.ReadPage q = pages.get(i);
      order[i] = i;
      readers[i] = q.readerId();
      roomIds[i] = q.roomId();
      seqs[i] = forward ? q.after() : q.before() == null ? (Long) Long.MAX_VALUE : q.before();
      sizes[i] = q.limit() + 1;
    }
    return postgres
        .read(forward ? AFTER : BEFORE, Tuple.of(order, readers, roomIds, seqs, sizes))
        .compose(
            rows -> {
              List<PageLines.Stretch> withLines = new ArrayList<>();
              Map<Messages.ReadPage, History> histories =
                  histories(rows, pages, forward, withLines);
              return withLines.isEmpty()
                  ? Future.succeededFuture(histories)
                  : lines.of(withLines).map(found -> with(histories, found));
            });
  }

  private static Map<Messages.ReadPage, History> with(
      Map<Messages.ReadPage, History> histories, Map<Messages.ReadPage, List<Line>> lines) {
    lines.forEach((page, found) -> histories.computeIfPresent(page, (q, held) -> held.with(found)));
    return histories;
  }

  private static Map<Messages.ReadPage, History> histories(
      RowSet<Row> rows,
      List<Messages.ReadPage> pages,
      boolean forward,
      List<PageLines.Stretch> withLines) {
    Map<Messages.ReadPage, History> histories = new HashMap<>();
    List<Row> page = new ArrayList<>();
    for (var each = rows.iterator(); each.hasNext(); ) {
      Row row = each.next();
      if (!page.isEmpty() && !page.get(0).getInteger("ord").equals(row.getInteger("ord"))) {
        add(histories, page, pages, forward, withLines);
        page.clear();
      }
      page.add(row);
    }
    if (!page.isEmpty()) {
      add(histories, page, pages, forward, withLines);
    }
    return histories;
  }

  private static void add(
      Map<Messages.ReadPage, History> histories,
      List<Row> page,
      List<Messages.ReadPage> pages,
      boolean forward,
      List<PageLines.Stretch> withLines) {
    Messages.ReadPage q = pages.get(page.get(0).getInteger("ord"));
    History history = history(page, q, forward).with(List.of());
    histories.put(q, history);
    Long newestLine = page.get(0).getLong("newest_line");
    PageLines.Stretch stretch = PageLines.Stretch.of(q, history);
    if (newestLine != null && newestLine >= stretch.low()) {
      withLines.add(stretch);
    }
  }

  static History history(List<Row> rows, Messages.ReadPage q, boolean forward) {
    List<Message> items = new ArrayList<>(rows.size());
    Map<Long, List<String>> mine = new HashMap<>();
    for (Row row : rows) {
      if (row.getLong("seq") != null) {
        items.add(MessageRow.read(row, q.roomId()));
        ReactionRow.note(row, mine);
      }
    }
    boolean more = items.size() > q.limit();
    if (more) {
      mine.remove(items.remove(items.size() - 1).seq());
    }
    Long next = more ? (Long) items.get(items.size() - 1).seq() : null;
    if (!forward) {
      Collections.reverse(items);
    }
    Row row = rows.get(0);
    return new History(
        items, next, mine, new Head(row.getLong("head_version"), row.getLong("last_seq")));
  }

  /** One message; NOT_FOUND when the room is not the reader's or has no such seq. */
  Future<OneMessage> get(Messages.Get q) {
    return postgres
        .read(ONE, Tuple.of(q.readerId(), q.roomId(), q.seq()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return rooms.notMine(q.roomId());
              }
              Row row = Rows.first(rows);
              return row.getLong("seq") == null
                  ? Future.failedFuture(Problem.NOT_FOUND.failure())
                  : Future.succeededFuture(
                      new OneMessage(MessageRow.read(row, q.roomId()), ReactionRow.mine(row)));
            });
  }
}
