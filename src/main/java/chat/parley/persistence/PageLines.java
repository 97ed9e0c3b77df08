package chat.parley.persistence;

import chat.parley.model.History;
import chat.parley.model.Line;
import chat.parley.model.Messages;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The lines that belong to pages of history, the newest 200 of each, O(log n + k) a page. Read
 * after the pages, so that no line lacks which their heads count.
 */
final class PageLines {
  private static final int MOST = 200;

  static final String READ =
      "select q.ord, "
          + LineRow.COLUMNS
          + """
      from unnest($1::int[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[]) as q(ord, reader_id, room_id, low, high)
      join members me on me.room_id = q.room_id and me.user_id = q.reader_id
      join lateral (
        select * from lines
        where room_id = me.room_id and after_seq >= q.low and after_seq <= q.high and version > me.from_version
        order by after_seq desc, version desc limit $6) l on true
      """
          + LineRow.PEOPLE
          + " order by q.ord, l.version";

  /**
   * The part of a timeline that a page covers.
   *
   * @param low the first message, or 0 when there is nothing before it
   * @param high the last message whose lines still belong to the page
   */
  record Stretch(Messages.ReadPage page, long low, long high) {
    static Stretch of(Messages.ReadPage q, History page) {
      boolean isWhole = page.next() == null;
      int n = page.items().size();
      if (q.after() != null) {
        long first = q.after() == 0 ? 0 : q.after() + 1;
        return new Stretch(q, first, isWhole ? Long.MAX_VALUE : page.items().get(n - 1).seq());
      }
      long last = q.before() == null ? Long.MAX_VALUE : q.before() - 1;
      return new Stretch(q, isWhole ? 0 : page.items().get(0).seq(), last);
    }
  }

  private final Postgres postgres;

  PageLines(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Ascending; pages without a line are missing. */
  Future<Map<Messages.ReadPage, List<Line>>> of(List<Stretch> stretches) {
    int n = stretches.size();
    Integer[] order = new Integer[n];
    UUID[] readers = new UUID[n];
    UUID[] roomIds = new UUID[n];
    Long[] low = new Long[n];
    Long[] high = new Long[n];
    for (int i = 0; i < n; i++) {
      Stretch each = stretches.get(i);
      order[i] = i;
      readers[i] = each.page().readerId();
      roomIds[i] = each.page().roomId();
      low[i] = each.low();
      high[i] = each.high();
    }
    return postgres
        .read(READ, Tuple.of(order, readers, roomIds, low, high, MOST))
        .map(rows -> lines(rows, stretches));
  }

  private static Map<Messages.ReadPage, List<Line>> lines(
      RowSet<Row> rows, List<Stretch> stretches) {
    Map<Messages.ReadPage, List<Line>> lines = new HashMap<>();
    for (Row row : rows) {
      Messages.ReadPage page = stretches.get(row.getInteger("ord")).page();
      lines.computeIfAbsent(page, first -> new ArrayList<>()).add(LineRow.read(row));
    }
    return lines;
  }
}
