package chat.parley.persistence;

import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes away files that no message has carried for a day, and then bytes that no file has had for a
 * day. Each is looked at under a lock on its row, which whoever wants it again waits for, and which
 * lets one node do it. A blob's file goes before its row, so a crash leaves at most a row, which
 * goes with the next round.
 */
final class MediaRounds {
  static final String OPEN_FILES =
      """
      select id from media where unused_since < now() - interval '24 hours' order by unused_since limit 50
      """;

  private static final String LOCK_FILE =
      """
      select from media where id = $1 and unused_since < now() - interval '24 hours' for update skip locked
      """;

  private static final String IS_CARRIED = "select from attachments where media_id = $1 limit 1";

  private static final String KEEP_FILE = "update media set unused_since = null where id = $1";

  private static final String FORGET_FILE =
      """
      with gone as (delete from media where id = $1 returning hash, thumbnail)
      update media_blobs set unused_since = now()
      where hash in (select hash from gone union select thumbnail from gone)
      """;

  static final String OPEN_BLOBS =
      """
      select encode(hash, 'hex') as hash from media_blobs
      where unused_since < now() - interval '24 hours' order by unused_since limit 50
      """;

  private static final String LOCK_BLOB =
      """
      select from media_blobs where hash = decode($1, 'hex') and unused_since < now() - interval '24 hours'
      for update skip locked
      """;

  static final String IS_WANTED =
      """
      select from media where hash = decode($1, 'hex')
      union all select from media where thumbnail = decode($1, 'hex') limit 1
      """;

  private static final String KEEP_BLOB =
      "update media_blobs set unused_since = null where hash = decode($1, 'hex')";

  private static final String FORGET_BLOB =
      "delete from media_blobs where hash = decode($1, 'hex')";

  private final Postgres postgres;
  private final Function<String, Future<Void>> erase;
  private final Walk<UUID> files = new Walk<>("Forgetting files", this::openFiles, this::file);
  private final Walk<String> blobs = new Walk<>("Erasing files", this::openBlobs, this::blob);

  /**
   * @param erase takes the bytes of a hash away; that there are none is fine
   */
  MediaRounds(Postgres postgres, Function<String, Future<Void>> erase) {
    this.postgres = postgres;
    this.erase = erase;
  }

  void goOn() {
    files.goOn();
    blobs.goOn();
  }

  private Future<List<UUID>> openFiles() {
    return postgres
        .read(OPEN_FILES, Tuple.tuple())
        .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
  }

  private Future<List<String>> openBlobs() {
    return postgres
        .read(OPEN_BLOBS, Tuple.tuple())
        .map(rows -> Rows.list(rows, row -> row.getString("hash")));
  }

  private Future<Boolean> file(UUID id) {
    return step(
        Tuple.of(id),
        new Looks(LOCK_FILE, IS_CARRIED, KEEP_FILE, FORGET_FILE),
        Future::succeededFuture);
  }

  private Future<Boolean> blob(String hash) {
    return step(
        Tuple.of(hash),
        new Looks(LOCK_BLOB, IS_WANTED, KEEP_BLOB, FORGET_BLOB),
        () -> erase.apply(hash));
  }

  private record Looks(String lock, String isUsed, String keep, String forget) {}

  private interface Before {
    Future<Void> run();
  }

  /** What refers to it is looked for after the lock, by a statement with a younger snapshot. */
  private Future<Boolean> step(Tuple key, Looks looks, Before before) {
    return postgres.write(
        new Actor(null, "media"),
        connection ->
            run(connection, looks.lock(), key)
                .compose(
                    held ->
                        held == 0
                            ? Future.succeededFuture(false)
                            : run(connection, looks.isUsed(), key)
                                .compose(
                                    used ->
                                        used > 0
                                            ? run(connection, looks.keep(), key)
                                            : before
                                                .run()
                                                .compose(
                                                    gone -> run(connection, looks.forget(), key)))
                                .map(true)));
  }

  private static Future<Integer> run(SqlConnection connection, String sql, Tuple key) {
    return connection.preparedQuery(sql).execute(key).map(rows -> rows.size());
  }
}
