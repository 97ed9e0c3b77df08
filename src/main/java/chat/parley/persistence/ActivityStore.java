package chat.parley.persistence;

import chat.parley.model.Activity;
import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many there are of everything, and what each day brought. Counting costs O(rooms + accounts +
 * files + people of a week), not one step a message; it is done by one node a minute, and for
 * whoever looks at most every {@link #FRESH_SECONDS} seconds on the whole server. Looking costs
 * O(days).
 */
final class ActivityStore {
  private static final Logger LOG = LoggerFactory.getLogger(ActivityStore.class);

  static final int MINUTE_SECONDS = 55;
  static final int FRESH_SECONDS = 5;

  /** These read whole tables, which the connections of this pool otherwise never may. */
  private static final String READ_WHOLE_TABLES = "set local enable_seqscan to on";

  private static final String MY_TURN =
      """
      select pg_try_advisory_xact_lock(7310868735422112044)
        and not exists (select from daily_activity where counted_at > now() - make_interval(secs => $1)) as mine""";

  /** What was said before there was a count belongs to no day. */
  private static final String BEGIN =
      """
      insert into daily_activity
      select (now() at time zone 'utc')::date - 1, (select coalesce(sum(last_seq), 0) from room_heads),
        0, 0, 0, 0, 0, 0, 0, 0, 0, '-infinity'
      where not exists (select from daily_activity)""";

  /** With the first count of a day the day before gets what its last minute still brought. */
  private static final String END_YESTERDAY =
      """
      with today as (select (now() at time zone 'utc')::date as day)
      update daily_activity d set
        active = (select count(*) from daily_people p where p.day = d.day),
        new_people = (select count(*) from users u where u.id >= first_id(d.day) and u.id < first_id(d.day + 1))
      from today
      where d.day = today.day - 1 and not exists (select from daily_activity t where t.day = today.day)""";

  private static final String COUNT =
      """
      insert into daily_activity as d
      select t.day,
        (select coalesce(sum(last_seq), 0) from room_heads),
        (select count(*) from users where deleted_at is null),
        (select count(*) from users where id >= first_id(t.day)),
        (select count(*) from daily_people p where p.day = t.day),
        (select count(distinct user_id) from daily_people p where p.day > t.day - 7),
        r.direct, r.groups, r.public, m.files, m.bytes, now()
      from (select (now() at time zone 'utc')::date as day) t,
        (select count(*) filter (where kind = 'direct') as direct, count(*) filter (where kind = 'group') as groups,
           count(*) filter (where kind = 'public') as public
         from rooms where deleted_at is null) r,
        (select count(*) as files, coalesce(sum(bytes), 0) as bytes from media) m
      on conflict (day) do update set
        messages = greatest(d.messages, excluded.messages), people = excluded.people, new_people = excluded.new_people,
        active = excluded.active, active_week = excluded.active_week,
        direct_rooms = excluded.direct_rooms, group_rooms = excluded.group_rooms, public_rooms = excluded.public_rooms,
        files = excluded.files, file_bytes = excluded.file_bytes, counted_at = excluded.counted_at""";

  private static final String FORGET =
      "delete from daily_people where day < (now() at time zone 'utc')::date - 7";

  /** The row of the day before the first goes with it, as what it is counted from. */
  static final String READ =
      """
      select day, messages, people, new_people, active, active_week, direct_rooms, group_rooms, public_rooms,
        files, file_bytes, counted_at, pg_database_size(current_database()) as database_bytes
      from daily_activity
      where day >= coalesce((select max(day) from daily_activity where day <= (now() at time zone 'utc')::date - $1::int), '-infinity')
      order by day""";

  private final Postgres postgres;

  ActivityStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** For every minute; another node may have done it already. */
  void goOn() {
    count(MINUTE_SECONDS).onFailure(cause -> LOG.warn("Not counted: {}", cause.toString()));
  }

  /** The last so many days, today among them. */
  Future<Activity> get(int days) {
    return count(FRESH_SECONDS)
        .compose(counted -> postgres.read(READ, Tuple.of(days)))
        .map(rows -> activity(Rows.list(rows, row -> row), days));
  }

  /** Unless somebody has within so many seconds, or is at it. */
  private Future<Void> count(int seconds) {
    return postgres.write(
        new Actor(null, null),
        connection ->
            connection
                .preparedQuery(MY_TURN)
                .execute(Tuple.of(seconds))
                .compose(
                    turn ->
                        Rows.first(turn).getBoolean("mine")
                            ? count(connection)
                            : Future.succeededFuture()));
  }

  private static Future<Void> count(SqlConnection connection) {
    return connection
        .query(READ_WHOLE_TABLES)
        .execute()
        .compose(ready -> connection.query(BEGIN).execute())
        .compose(begun -> connection.query(END_YESTERDAY).execute())
        .compose(ended -> connection.query(COUNT).execute())
        .compose(counted -> connection.query(FORGET).execute())
        .mapEmpty();
  }

  private static Activity activity(List<Row> rows, int days) {
    Row last = rows.get(rows.size() - 1);
    List<Activity.Day> each = days(rows, last.getLocalDate("day"), days);
    return new Activity(
        Rows.instant(last, "counted_at"),
        new Activity.People(
            last.getLong("people"),
            last.getLong("new_people"),
            last.getLong("active"),
            last.getLong("active_week")),
        new Activity.Rooms(
            last.getLong("direct_rooms"),
            last.getLong("group_rooms"),
            last.getLong("public_rooms")),
        new Activity.Messages(
            last.getLong("messages"), each.isEmpty() ? 0 : each.get(each.size() - 1).messages()),
        new Activity.Files(last.getLong("files"), last.getLong("file_bytes")),
        last.getLong("database_bytes"),
        each);
  }

  /** Each day from the first that was counted, also those on which nobody ran the server. */
  private static List<Activity.Day> days(List<Row> rows, LocalDate today, int most) {
    List<Activity.Day> days = new ArrayList<>();
    LocalDate first = today.minusDays(most - 1L);
    for (int i = 1; i < rows.size(); i++) {
      LocalDate from = rows.get(i - 1).getLocalDate("day").plusDays(1);
      LocalDate day = rows.get(i).getLocalDate("day");
      for (LocalDate quiet = from.isBefore(first) ? first : from;
          quiet.isBefore(day);
          quiet = quiet.plusDays(1)) {
        days.add(new Activity.Day(quiet, 0, 0, 0));
      }
      days.add(day(day, rows.get(i - 1), rows.get(i)));
    }
    return days;
  }

  private static Activity.Day day(LocalDate day, Row before, Row row) {
    return new Activity.Day(
        day,
        // A database that was restored may have begun anew.
        Math.max(0, row.getLong("messages") - before.getLong("messages")),
        row.getLong("active"),
        row.getLong("new_people"));
  }
}
