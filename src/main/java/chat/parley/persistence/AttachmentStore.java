package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Attachment;
import chat.parley.model.Media;
import chat.parley.model.Page;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.UUID;

/**
 * What files are, whose, and who may have them: whoever is in a room where a message carries one
 * and may see that message, and until it is sent its owner. Their bytes are elsewhere.
 */
final class AttachmentStore {
  private static final int PAGE = 100;

  static final String COLUMNS =
      """
      f.id, f.name, f.type, f.bytes, f.width, f.height, f.voice, f.created_at, encode(f.hash, 'hex') as hash,
        encode(f.thumbnail, 'hex') as thumbnail, f.thumbnail_type, f.thumbnail_bytes
      """;

  /**
   * Whether a file {@code f} is seen by whom {@code $1} names. Somebody whose account was switched
   * off sees nothing: links outlive sessions.
   */
  private static final String SEEN =
      """
      exists (select from users u where u.id = $1 and u.disabled_at is null) and (
        f.owner_id = $1 and f.sent_at is null
        or exists (
          select from attachments a
          join room_heads h on h.room_key = a.room_key
          join members me on me.room_id = h.room_id and me.user_id = $1 and me.from_seq <= a.seq
          where a.media_id = f.id))
      """;

  static final String FIND = "select " + COLUMNS + " from media f where f.id = $2 and " + SEEN;

  static final String OWN =
      "select "
          + COLUMNS
          + " from media f where f.owner_id = $1 and f.id > $2 and "
          + SEEN
          + " order by f.id limit $3::int";

  static final String USED =
      "select coalesce(sum(bytes), 0)::bigint as used from media where owner_id = $1";

  /** In the order of their hashes, as whoever stores the same at once does. */
  private static final String INTEND =
      """
      insert into media_blobs (hash) select distinct decode(x, 'hex') from unnest($1::text[]) x order by 1
      on conflict (hash) do update set unused_since = now()
      """;

  /** Two uploads of one person take turns, so that they cannot share the last of the room. */
  private static final String LOCK_OWNER =
      "select from user_heads where user_id = $1 for no key update";

  private static final String ADD =
      """
      insert into media (id, owner_id, hash, name, type, bytes, width, height, voice, thumbnail, thumbnail_type, thumbnail_bytes)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """;

  /** Follows {@code gone (hash, thumbnail)}; it tells how many files there were. */
  private static final String FREE_BLOBS =
      """
      , freed as (
        update media_blobs set unused_since = now()
        where hash in (select hash from gone union select thumbnail from gone))
      select count(*)::int as files from gone
      """;

  private static final String REMOVE =
      """
      with gone as (
        delete from media where id = $2 and owner_id = $1 and sent_at is null returning hash, thumbnail)
      """
          + FREE_BLOBS;

  /** Whoever it is from, as long as no message carries it. */
  static final String REMOVE_UNSENT =
      """
      with gone as (
        delete from media where id = $1 and sent_at is null returning hash, thumbnail)
      """
          + FREE_BLOBS;

  /** Of all that somebody has not sent. */
  static final String FORGET_UNSENT =
      """
      with gone as (
        delete from media where owner_id = $1 and sent_at is null returning hash, thumbnail)
      """
          + FREE_BLOBS;

  /** What carried these files is gone; they may be in use elsewhere still. */
  static final String FREE =
      " update media set unused_since = now() where id in (select media_id from gone)";

  private final Postgres postgres;

  AttachmentStore(Postgres postgres) {
    this.postgres = postgres;
  }

  Future<Long> used(UUID userId) {
    return postgres.read(USED, Tuple.of(userId)).map(rows -> Rows.first(rows).getLong("used"));
  }

  /** A row for each, before its bytes are stored. */
  Future<Void> intend(Media.Intend q) {
    return postgres.read(INTEND, Tuple.of(q.hashes().toArray(String[]::new))).mapEmpty();
  }

  /** Fails with QUOTA_SPENT when its owner has no room for it. */
  Future<Attachment> add(Media.Add q) {
    UUID owner = q.actor().userId();
    Future<Void> added =
        postgres.write(
            q.actor(),
            connection ->
                (owner == null ? Future.succeededFuture() : requireRoom(connection, q))
                    .compose(free -> connection.preparedQuery(ADD).execute(row(owner, q.file())))
                    .mapEmpty());
    return added.map(q.file().shown());
  }

  private static Future<Void> requireRoom(SqlConnection connection, Media.Add q) {
    Tuple owner = Tuple.of(q.actor().userId());
    return connection
        .preparedQuery(LOCK_OWNER)
        .execute(owner)
        .compose(locked -> connection.preparedQuery(USED).execute(owner))
        .map(
            rows -> {
              long used = Rows.first(rows).getLong("used");
              if (q.most() > 0 && used + q.file().shown().size() > q.most()) {
                throw quotaSpent(q.most());
              }
              return null;
            });
  }

  private static Failure quotaSpent(long most) {
    return Problem.QUOTA_SPENT.because(
        "Your files may have " + (most >> 20) + " MiB in all; delete messages that carry some");
  }

  private static Tuple row(UUID owner, Media.Stored file) {
    Attachment shown = file.shown();
    Media.Small small = file.small();
    return Tuple.tuple()
        .addUUID(shown.id())
        .addUUID(owner)
        .addBuffer(bytes(file.hash()))
        .addString(shown.name())
        .addString(shown.type())
        .addLong(shown.size())
        .addInteger(shown.width())
        .addInteger(shown.height())
        .addBoolean(Boolean.TRUE.equals(shown.voice()))
        .addBuffer(small == null ? null : bytes(small.hash()))
        .addString(small == null ? null : small.type())
        .addInteger(small == null ? null : small.size());
  }

  private static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex));
  }

  /** NOT_FOUND is all that those learn who may not have it. */
  Future<Media.Stored> find(Media.Get q) {
    return postgres
        .read(FIND, Tuple.of(q.readerId(), q.mediaId()))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return stored(Rows.first(rows));
            });
  }

  /** One's own that one may see, the oldest first. */
  Future<Page<Media.Stored, UUID>> own(Media.OwnAfter q) {
    UUID after = q.after() == null ? new UUID(0, 0) : q.after();
    return postgres
        .read(OWN, Tuple.of(q.userId(), after, PAGE + 1))
        .map(rows -> Rows.list(rows, AttachmentStore::stored))
        .map(files -> Page.of(files, PAGE, file -> file.shown().id()));
  }

  /** NOT_FOUND for what is not the actor's, or was sent. */
  Future<Void> remove(Media.Remove q) {
    return postgres.write(
        q.actor(),
        connection ->
            connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(q.actor().userId(), q.mediaId()))
                .map(AttachmentStore::atLeastOne));
  }

  private static Void atLeastOne(RowSet<Row> rows) {
    if (Rows.first(rows).getInteger("files") == 0) {
      throw Problem.NOT_FOUND.failure();
    }
    return null;
  }

  private static Media.Stored stored(Row row) {
    String thumbnail = row.getString("thumbnail");
    Attachment shown =
        new Attachment(
            row.getUUID("id"),
            row.getString("name"),
            row.getString("type"),
            row.getLong("bytes"),
            row.getInteger("width"),
            row.getInteger("height"),
            thumbnail == null ? null : (Boolean) true,
            row.getBoolean("voice") ? (Boolean) true : null);
    Media.Small small =
        thumbnail == null
            ? null
            : new Media.Small(
                thumbnail, row.getString("thumbnail_type"), row.getInteger("thumbnail_bytes"));
    return new Media.Stored(shown, row.getString("hash"), small, Rows.instant(row, "created_at"));
  }
}
