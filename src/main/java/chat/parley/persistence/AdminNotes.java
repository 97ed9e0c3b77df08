package chat.parley.persistence;

import chat.parley.model.Act;
import chat.parley.model.Admin;
import chat.parley.model.Audit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** What administrators see and do: one row of the audit log each, before it is answered. */
final class AdminNotes {
  private AdminNotes() {}

  /** A page of a list; of an export only the first, which says what was exported. */
  static Future<Void> listed(Postgres postgres, Admin.ListRows ask, AdminModel model) {
    if (ask.purpose() == Admin.Purpose.MORE_OF_AN_EXPORT) {
      return Future.succeededFuture();
    }
    boolean looks = ask.purpose() == Admin.Purpose.LOOK;
    return note(postgres, ask, model, looks ? Act.ADMIN_LIST : Act.ADMIN_EXPORT);
  }

  /** Not what was looked for: that may be words of a message. */
  private static Future<Void> note(
      Postgres postgres, Admin.ListRows ask, AdminModel model, Act act) {
    Map<String, Object> details = new HashMap<>();
    if (ask.sort() != null) {
      details.put("sort", ask.sort());
    }
    if (!ask.filters().isEmpty()) {
      details.put("filters", new JsonArray(ask.filters()));
    }
    if (ask.q() != null) {
      details.put("searched", true);
    }
    return new AuditStore(postgres)
        .note(new Audit.Note(ask.actor(), act, model.tables.get(0), Map.of(), details));
  }

  static Future<Void> seen(Postgres postgres, Admin.GetRow ask, AdminModel model) {
    Map<String, ?> row = Map.of("id", ask.id());
    return new AuditStore(postgres)
        .note(new Audit.Note(ask.actor(), Act.ADMIN_VIEW, model.tables.get(0), row, Map.of()));
  }

  /** In the transaction that does it. */
  static Future<Void> done(SqlConnection connection, Admin.Deed deed, String id) {
    Map<String, ?> row = Map.of("id", id);
    return switch (deed.action()) {
      case Admin.CREATE -> note(connection, Act.ADMIN_CREATE, deed, row, Map.of());
      case Admin.DELETE -> note(connection, Act.ADMIN_DELETE, deed, row, Map.of());
      case Admin.EDIT ->
          note(
              connection,
              Act.ADMIN_UPDATE,
              deed,
              row,
              Map.of("fields", String.join(" ", new TreeSet<>(deed.fields().keySet()))));
      default -> note(connection, Act.ADMIN_ACT, deed, row, Map.of("does", deed.action()));
    };
  }

  private static Future<Void> note(
      SqlConnection connection,
      Act act,
      Admin.Deed deed,
      Map<String, ?> row,
      Map<String, ?> details) {
    return AuditStore.note(connection, act, deed.table(), row, details);
  }
}
