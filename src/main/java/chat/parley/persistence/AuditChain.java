package chat.parley.persistence;

import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays the audit log's chain, in the order of ids and {@link #MOST} rows a transaction. A row may
 * become visible after one with a higher id, since its transaction took longer; so a mark is set
 * first: the highest id there is, and the number of a transaction that began later. Once all
 * transactions before that number are over, every id up to the mark is there or never will be
 * ({@code audit_write} takes its transaction's number before it takes an id). Each node sets marks
 * of its own, and one lays at a time.
 */
final class AuditChain {
  static final int MOST = 500;

  private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
  private static final long SAID_EVERY = TimeUnit.HOURS.toNanos(1);

  static final String WHERE_IT_STANDS =
      """
      select coalesce((select max(id) from audit_log), 0) as written, coalesce((select max(id) from audit_chain), 0) as laid,
        pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest
      """;

  /** The number is taken after the snapshot in which the highest id is seen. */
  private static final String MARK =
      """
      select coalesce((select max(id) from audit_log), 0) as written, pg_current_xact_id()::text::bigint as later
      """;

  private static final String TAKE_TURN = "select pg_try_advisory_xact_lock(7020250001) as mine";

  static final String LAST = "select id, hash from audit_chain order by id desc limit 1";

  static final String NEXT =
      "select "
          + AuditLink.COLUMNS
          + " from audit_log where audit_log.id > $1 and audit_log.id <= $2 order by audit_log.id limit $3";

  private static final String LAY =
      "insert into audit_chain (id, hash) select * from unnest($1::bigint[], $2::bytea[])";

  /** Up to where everything is there that ever will be. */
  private long settled;

  /** What will be settled next, and when; null without anything new. */
  private Mark mark;

  private boolean busy;
  private long saidAt;

  private final Postgres postgres;

  private record Mark(long upTo, long later) {}

  AuditChain(Postgres postgres) {
    this.postgres = postgres;
    this.saidAt = System.nanoTime() - SAID_EVERY;
  }

  /** Lays what can be laid by now; not beside itself. What fails is tried again the next time. */
  Future<Void> goOn() {
    if (busy) {
      return Future.succeededFuture();
    }
    busy = true;
    return look()
        .compose(this::layAll)
        .onFailure(cause -> LOG.debug("Laying the audit log's chain is put off: {}", cause, cause))
        .onComplete(done -> busy = false);
  }

  /** Whether there is something to lay. */
  private Future<Boolean> look() {
    return postgres
        .read(WHERE_IT_STANDS, Tuple.tuple())
        .compose(
            rows -> {
              Row row = Rows.first(rows);
              long written = row.getLong("written");
              settle(written, row.getLong("oldest"));
              boolean more = settled > row.getLong("laid");
              return written > settled && mark == null
                  ? setMark().map(more)
                  : Future.succeededFuture(more);
            });
  }

  private void settle(long written, long oldest) {
    if (written < settled) {
      // The database is another one, or an older one.
      settled = 0;
      mark = null;
    }
    if (mark != null && oldest >= mark.later) {
      settled = mark.upTo;
      mark = null;
    }
  }

  private Future<Void> setMark() {
    return postgres
        .write(new Actor(null, null), connection -> connection.query(MARK).execute())
        .onSuccess(
            rows -> {
              Row row = Rows.first(rows);
              mark = new Mark(row.getLong("written"), row.getLong("later"));
            })
        .mapEmpty();
  }

  private Future<Void> layAll(boolean more) {
    return more ? step().compose(this::layAll) : Future.succeededFuture();
  }

  /** Whether another step may find something. */
  private Future<Boolean> step() {
    return postgres.write(
        new Actor(null, null),
        connection ->
            connection
                .query(TAKE_TURN)
                .execute()
                .compose(
                    turn ->
                        Rows.first(turn).getBoolean("mine")
                            ? connection
                                .query(LAST)
                                .execute()
                                .compose(last -> lay(connection, last))
                            : Future.succeededFuture(false)));
  }

  private Future<Boolean> lay(SqlConnection connection, RowSet<Row> last) {
    Row end = Rows.first(last);
    long from = end == null ? 0 : end.getLong("id");
    byte[] hash = end == null ? AuditLink.BEGINNING : end.getBuffer("hash").getBytes();
    return connection
        .preparedQuery(NEXT)
        .execute(Tuple.of(from, settled, MOST))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(false)
                    : lay(connection, hash, Rows.list(rows, AuditChain::columns))
                        .map(rows.size() == MOST));
  }

  private Future<Void> lay(SqlConnection connection, byte[] before, List<List<String>> rows) {
    Long[] ids = new Long[rows.size()];
    Buffer[] hashes = new Buffer[rows.size()];
    byte[] hash = before;
    for (int i = 0; i < ids.length; i++) {
      hash = AuditLink.after(hash, rows.get(i));
      ids[i] = Long.valueOf(rows.get(i).get(0));
      hashes[i] = Buffer.buffer(hash);
    }
    say(ids[ids.length - 1], hash);
    return connection
        .preparedQuery(LAY)
        .execute(Tuple.tuple().addValue(ids).addValue(hashes))
        .mapEmpty();
  }

  private static List<String> columns(Row row) {
    return AuditLink.NAMES.stream().map(row::getString).toList();
  }

  /** Once an hour, so that logs that are kept elsewhere can witness what stood here. */
  private void say(long id, byte[] hash) {
    long now = System.nanoTime();
    if (now - saidAt >= SAID_EVERY) {
      saidAt = now;
      LOG.info("The audit log's chain: {}:{}", id, HexFormat.of().formatHex(hash));
    }
  }
}
