package chat.parley.persistence;

import chat.parley.model.Actor;
import chat.parley.model.Ids;
import chat.parley.model.LetterKind;
import chat.parley.model.Recovery;
import chat.parley.model.Recovery.Letter;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * Letters that wait to be sent, and what became of them. A letter is taken by moving its next
 * attempt ahead, so that no two nodes send it; whoever takes it says again and again that it is
 * still at it, until it was sent or failed.
 */
final class MailStore {
  private static final Actor NOBODY = new Actor(null, null);
  private static final int LONGEST_ERROR = 500;

  private static final String ENQUEUE =
      "insert into letters (id, kind, user_id, recipient, reference) values ($1, $2, $3, $4, $5)";

  /** What was sent or given up long ago, so that the table does not grow without end. */
  static final String FORGET_OLD =
      """
      delete from letters where user_id = $1 and created_at < now() - interval '30 days'
        and (sent_at is not null or failed_at is not null)""";

  static final String CLAIM =
      """
      with due as (
        select id from letters
        where sent_at is null and failed_at is null and next_attempt_at <= now()
        order by next_attempt_at limit $1 for update skip locked)
      update letters l set attempts = l.attempts + 1, next_attempt_at = now() + interval '60 seconds'
      from due, users u
      where l.id = due.id and u.id = l.user_id
      returning l.id, l.kind, l.recipient, l.reference, l.created_at, l.attempts,
        case when u.email = l.recipient and u.email_verified_at is not null then u.username end as username""";

  static final String HOLD =
      """
      update letters set next_attempt_at = now() + interval '60 seconds'
      where id = any($1) and sent_at is null and failed_at is null""";

  /** Also when it was given up while it was on its way. */
  private static final String SENT =
      "update letters set sent_at = now(), failed_at = null, last_error = null where id = $1";

  /** After 5 s, 10 s, 20 s … 1 h, not all in step; given up after three days. */
  private static final String FAILED =
      """
      update letters set last_error = $2,
        next_attempt_at = now() + (0.9 + 0.2 * random())
          * least(interval '1 hour', interval '5 seconds' * power(2, least(attempts - 1, 12))),
        failed_at = case when created_at < now() - interval '3 days' then now() end
      where id = $1 and sent_at is null and failed_at is null
      returning failed_at is not null as given_up""";

  private final Postgres postgres;

  MailStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Writes a letter as part of the transaction that it tells of: it is sent soon after the commit,
   * and never without it. Does nothing for a recipient of null.
   */
  static Future<Void> enqueue(SqlConnection connection, NewLetter letter) {
    if (letter.recipient() == null) {
      return Future.succeededFuture();
    }
    UUID id = Ids.next();
    return connection
        .preparedQuery(ENQUEUE)
        .execute(
            Tuple.of(
                id,
                Rows.stored(letter.kind()),
                letter.userId(),
                letter.recipient(),
                letter.reference()))
        .compose(added -> connection.preparedQuery(FORGET_OLD).execute(Tuple.of(letter.userId())))
        .mapEmpty();
  }

  /**
   * The letters whose turn it is, oldest first. The time of the links in them begins now: before,
   * nobody could use them.
   */
  Future<List<Letter>> claim(Recovery.ClaimLetters wish) {
    return postgres.write(
        NOBODY,
        connection ->
            connection
                .preparedQuery(CLAIM)
                .execute(Tuple.of(wish.most()))
                .map(rows -> Rows.list(rows, MailStore::letter))
                .compose(letters -> LinkStore.begin(connection, references(letters)).map(letters)));
  }

  private static UUID[] references(List<Letter> letters) {
    return letters.stream().map(Letter::reference).filter(Objects::nonNull).toArray(UUID[]::new);
  }

  Future<Void> hold(Recovery.HoldLetters wish) {
    return write(HOLD, Tuple.tuple().addValue(wish.ids().toArray(UUID[]::new))).mapEmpty();
  }

  Future<Void> sent(UUID id) {
    return write(SENT, Tuple.of(id)).mapEmpty();
  }

  /** Whether it was given up for good. */
  Future<Boolean> failed(Recovery.LetterFailed wish) {
    String error = wish.error().replace("\u0000", "");
    String kept = error.codePointCount(0, error.length()) <= LONGEST_ERROR ? error : cut(error);
    return write(FAILED, Tuple.of(wish.id(), kept))
        .map(rows -> Rows.first(rows) == null || Rows.first(rows).getBoolean("given_up"));
  }

  private static String cut(String error) {
    return error.substring(0, error.offsetByCodePoints(0, LONGEST_ERROR));
  }

  private Future<RowSet<Row>> write(String sql, Tuple values) {
    return postgres.write(NOBODY, connection -> connection.preparedQuery(sql).execute(values));
  }

  private static Letter letter(Row row) {
    return new Letter(
        row.getUUID("id"),
        LetterKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("recipient"),
        row.getString("username"),
        row.getUUID("reference"),
        Rows.instant(row, "created_at"),
        row.getInteger("attempts"));
  }
}
