package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Audit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the audit log for administrators, one stretch at a time. */
final class AuditVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(AuditVerifier.class);

  private final Vertx vertx;
  private final AuditStore notes;
  private final DatabaseAddress database;

  AuditVerifier(Vertx vertx, AuditStore notes, DatabaseAddress database) {
    this.vertx = vertx;
    this.notes = notes;
    this.database = database;
  }

  /**
   * A stretch of the chain, as administrators verify it, on a connection and a thread of its own:
   * hashing so much would hold everybody up. That it was verified is an act, noted at its
   * beginning.
   */
  Future<Audit.Verified> verify(Audit.Verify ask) {
    Future<Void> noted =
        ask.after() > 0
            ? Future.succeededFuture()
            : notes.note(new Audit.Note(ask.actor(), Act.AUDIT_VERIFY, Map.of(), Map.of()));
    return noted.compose(done -> vertx.executeBlocking(() -> verifyFrom(ask.after())));
  }

  private Audit.Verified verifyFrom(long after) {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setReadOnly(true);
      return AuditVerification.verifyFrom(connection, after);
    } catch (SQLException e) {
      LOG.warn("The audit log cannot be verified: {}", e.toString());
      throw Problem.UNAVAILABLE.retryAfter(1, "The database cannot answer right now");
    }
  }
}
