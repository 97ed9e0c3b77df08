package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.Announcement;
import chat.parley.model.Ids;
import chat.parley.model.Json;
import chat.parley.model.Live;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What administrators tell everybody, at most {@link #MOST} at a time. Who changes it tells it to
 * all sockets once it is committed.
 */
final class AnnouncementStore {
  static final int MOST = 5;
  private static final int LONGEST = 500;

  static final String LIVE =
      """
      select id, text, severity, created_at, ends_at from announcements
      where ended_at is null and (ends_at is null or ends_at > now()) order by id desc limit 5""";

  private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(7310868735422112046)";

  private static final String INSERT =
      """
      insert into announcements (id, text, severity, created_by, ends_at) values ($1, $2, $3, $4, $5)
      returning id, text, severity, created_at, ends_at""";

  private static final String END =
      "update announcements set ended_at = coalesce(ended_at, now()) where id = $1";

  private static final String DELETE = "delete from announcements where id = $1";

  private final Postgres postgres;
  private final Consumer<Announcement.News> announcer;

  /**
   * @param announcer tells it to the sockets of all nodes
   */
  AnnouncementStore(Postgres postgres, Consumer<Announcement.News> announcer) {
    this.postgres = postgres;
    this.announcer = announcer;
  }

  /** The newest first. */
  Future<List<Announcement>> live() {
    return postgres
        .read(LIVE, Tuple.tuple())
        .map(rows -> Rows.list(rows, AnnouncementStore::announcement));
  }

  /** Fails with INVALID, or with CONFLICT when there are too many. */
  Future<Outcome<Admin.Done>> create(Admin.Deed deed, AdminServices services) {
    UUID id = Ids.next();
    Tuple values = values(deed, id);
    return services
        .write(
            deed,
            connection ->
                connection
                    .query(ONE_AT_A_TIME)
                    .execute()
                    .compose(turn -> connection.query(LIVE).execute())
                    .compose(live -> insert(connection, live, values)))
        .compose(done -> tell(id).map(done));
  }

  private static Tuple values(Admin.Deed deed, UUID id) {
    String text = deed.text("text").strip();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
      throw Problem.INVALID.at("/text", "has from 1 to " + LONGEST + " characters");
    }
    if (text.indexOf(0) >= 0) {
      throw Problem.INVALID.at("/text", "has a character that is none");
    }
    String ends = deed.text("endsAt");
    Instant at = ends == null || ends.isEmpty() ? null : Instant.parse(ends);
    if (at != null && !at.isAfter(Instant.now())) {
      throw Problem.INVALID.at("/endsAt", "is over already");
    }
    return Tuple.of(id, text, deed.text("severity"), deed.actor().userId())
        .addOffsetDateTime(at == null ? null : OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  private static Future<Admin.Done> insert(
      SqlConnection connection, RowSet<Row> live, Tuple values) {
    if (live.size() >= MOST) {
      throw Problem.CONFLICT.because("There are " + MOST + " already: end one first");
    }
    return connection
        .preparedQuery(INSERT)
        .execute(values)
        .map(rows -> Admin.Done.to(Rows.first(rows).getUUID("id").toString()));
  }

  Future<Outcome<Admin.Done>> end(Admin.Deed deed, AdminServices services) {
    return services.statement(END).apply(deed).compose(done -> tell(id(deed)).map(done));
  }

  Future<Outcome<Admin.Done>> delete(Admin.Deed deed, AdminServices services) {
    return services.statement(DELETE).apply(deed).compose(done -> tell(id(deed)).map(done));
  }

  private static UUID id(Admin.Deed deed) {
    return AdminServices.id(deed);
  }

  /** As it stands now: of two changes of one moment the later is told last, or both tell it. */
  private Future<Void> tell(UUID id) {
    return live()
        .map(live -> live.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null))
        .onSuccess(
            now -> announcer.accept(new Announcement.News(Json.bytes(new Live.Announced(id, now)))))
        .mapEmpty();
  }

  private static Announcement announcement(Row row) {
    return new Announcement(
        row.getUUID("id"),
        row.getString("text"),
        Announcement.Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "ends_at"));
  }
}
