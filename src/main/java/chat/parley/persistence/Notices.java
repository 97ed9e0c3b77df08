package chat.parley.persistence;

import chat.parley.model.LetterKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Tells the owner of an account what was changed about it, at the address it has. */
final class Notices {
  private static final String ADDRESS = "select email from users where id = $1";

  private Notices() {}

  /** As part of the transaction of the change; nothing for an account without an address. */
  static Future<Void> tell(SqlConnection connection, UUID userId, LetterKind kind) {
    return connection
        .preparedQuery(ADDRESS)
        .execute(Tuple.of(userId))
        .compose(
            rows -> {
              Row account = Rows.first(rows);
              String address = account == null ? null : account.getString("email");
              return MailStore.enqueue(connection, new NewLetter(kind, userId, address, null));
            });
  }
}
