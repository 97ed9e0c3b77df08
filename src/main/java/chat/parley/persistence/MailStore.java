package chat.parley.persistence;

import chat.parley.model.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Letters that wait to be sent, and what became of them. */
final class MailStore {
  private static final String ENQUEUE =
      "insert into letters (id, kind, user_id, recipient, reference) values ($1, $2, $3, $4, $5)";

  /** What was sent or given up long ago, so that the table does not grow without end. */
  static final String FORGET_OLD =
      """
      delete from letters where user_id = $1 and created_at < now() - interval '30 days'
        and (sent_at is not null or failed_at is not null)""";

  private MailStore() {}

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
}
