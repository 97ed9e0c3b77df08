package chat.parley.persistence;

import chat.parley.model.Act;
import chat.parley.model.Audit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Acts in the audit log. Whoever changes something notes the act in the same transaction: then it
 * is there exactly once if it was done, also when nobody hears the answer, and never otherwise.
 */
final class AuditStore {
  private static final String NOTE = "select audit_write($1, $2, 'act', $3, null, $4)";

  private final Postgres postgres;

  AuditStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** An act that is no change of its own. */
  Future<Void> note(Audit.Note note) {
    return postgres.write(
        note.actor(),
        connection -> note(connection, note.act(), note.table(), note.row(), note.details()));
  }

  /** An act on a row of one key, in the transaction that does it. */
  static Future<Void> note(SqlConnection connection, Act act, UUID id) {
    return note(connection, act, Map.of("id", id));
  }

  /** The same of a row with any key. */
  static Future<Void> note(SqlConnection connection, Act act, Map<String, ?> row) {
    return note(connection, act, row, Map.of());
  }

  /** The same with more to say. */
  static Future<Void> note(
      SqlConnection connection, Act act, Map<String, ?> row, Map<String, ?> details) {
    return note(connection, act, act.table(), row, details);
  }

  /** The same of an act that may be about any table. */
  static Future<Void> note(
      SqlConnection connection, Act act, String table, Map<String, ?> row, Map<String, ?> details) {
    Tuple values =
        Tuple.of(act.stored(), table, json(row), details.isEmpty() ? null : json(details));
    return connection.preparedQuery(NOTE).execute(values).mapEmpty();
  }

  /** Ids as text. */
  private static JsonObject json(Map<String, ?> values) {
    Map<String, Object> plain = new TreeMap<>(values);
    plain.replaceAll((key, value) -> value instanceof UUID id ? id.toString() : value);
    return new JsonObject(plain);
  }
}
