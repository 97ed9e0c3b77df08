package chat.parley.persistence;

import chat.parley.model.Admin;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** What administrators see and do, one row of the audit log each. */
final class AdminNotes {
  private AdminNotes() {}

  /** A page of a list; of an export only the first, which says what was exported. */
  static Future<Void> listed(Postgres postgres, Admin.ListRows ask, AdminModel model) {
    return Future.succeededFuture();
  }

  static Future<Void> seen(Postgres postgres, Admin.GetRow ask, AdminModel model) {
    return Future.succeededFuture();
  }

  /** In the transaction that does it. */
  static Future<Void> done(SqlConnection connection, Admin.Deed deed, String id) {
    return Future.succeededFuture();
  }
}
