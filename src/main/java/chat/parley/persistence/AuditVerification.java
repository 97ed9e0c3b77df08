package chat.parley.persistence;

import chat.parley.model.Audit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Walks the audit log's chain and names the first link that does not hold. It needs nothing but a
 * connection that may read, and trusts nothing that runs in the database. A walk takes O(n), a page
 * at most {@link #PAGE} links in memory; what is not chained yet is left out.
 *
 * <p>It shows that what was chained is still there and still the same, as far as the chain itself
 * is: whoever may write to the tables can lay another one. Against that a place of the chain that
 * was written down elsewhere is compared ({@code expected}).
 */
public final class AuditVerification {
  /** Links a step. */
  static final int PAGE = 2_000;

  private static final String LINKS =
      "select id, hash from audit_chain where id > ? order by id limit ?";

  private static final String LINK = "select hash from audit_chain where id = ?";

  private static final String ROWS =
      "select "
          + AuditLink.COLUMNS
          + " from audit_log where audit_log.id > ? and audit_log.id <= ? order by audit_log.id limit ?";

  private record Link(long id, byte[] hash) {}

  private record Entry(long id, List<String> columns) {}

  private final Connection connection;
  private final Audit.Place expected;
  private long links;
  private Audit.Place reached;

  /** Whether the expected place was passed. */
  private boolean met;

  private AuditVerification(Connection connection, Audit.Place from, Audit.Place expected) {
    this.connection = connection;
    this.reached = from;
    this.expected = expected;
  }

  /**
   * The whole chain.
   *
   * @param expected a place that was written down earlier; null for none
   */
  public static Audit.Verified verify(Connection connection, Audit.Place expected)
      throws SQLException {
    AuditVerification walk =
        new AuditVerification(connection, new Audit.Place(0, AuditLink.BEGINNING), expected);
    Audit.Verified step = walk.step();
    while (step.more() && step.broken() == null) {
      step = walk.step();
    }
    return step.broken() == null && expected != null && !walk.met
        ? step.brokenAt(new Audit.Broken(expected.id(), Audit.Flaw.REMOVED))
        : step;
  }

  /**
   * The same, on a connection of its own.
   *
   * @throws StartFailure in words, when the database does not let us in
   */
  public static Audit.Verified verify(DatabaseAddress address, Audit.Place expected) {
    try (Connection connection = Snapshot.connect(address)) {
      connection.setReadOnly(true);
      return verify(connection, expected);
    } catch (SQLException e) {
      throw new StartFailure(ExternalPostgres.words(e, address), e);
    }
  }

  /** One stretch, from behind a link that was seen before; 0 for the beginning. */
  static Audit.Verified verifyFrom(Connection connection, long after) throws SQLException {
    byte[] hash = after == 0 ? AuditLink.BEGINNING : hashOf(connection, after);
    if (hash == null) {
      return new Audit.Verified(0, after, "", false, new Audit.Broken(after, Audit.Flaw.REMOVED));
    }
    return new AuditVerification(connection, new Audit.Place(after, hash), null).step();
  }

  private static byte[] hashOf(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LINK)) {
      statement.setLong(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    }
  }

  private Audit.Verified step() throws SQLException {
    List<Link> page = links();
    List<Entry> rows =
        page.isEmpty() ? List.of() : rows(reached.id(), page.get(page.size() - 1).id());
    int next = 0;
    for (Link link : page) {
      if (next < rows.size() && rows.get(next).id() < link.id()) {
        return broken(rows.get(next).id(), Audit.Flaw.INSERTED);
      }
      if (next == rows.size() || rows.get(next).id() > link.id()) {
        return broken(link.id(), Audit.Flaw.REMOVED);
      }
      if (!holds(link, rows.get(next))) {
        return broken(link.id(), Audit.Flaw.CHANGED);
      }
      reached = new Audit.Place(link.id(), link.hash());
      links++;
      next++;
    }
    return verified(page.size() == PAGE, null);
  }

  private boolean holds(Link link, Entry row) {
    if (expected != null && expected.id() == link.id()) {
      met = true;
      if (!Arrays.equals(expected.hash(), link.hash())) {
        return false;
      }
    }
    return Arrays.equals(link.hash(), AuditLink.after(reached.hash(), row.columns()));
  }

  private Audit.Verified broken(long id, Audit.Flaw flaw) {
    return verified(false, new Audit.Broken(id, flaw));
  }

  private Audit.Verified verified(boolean more, Audit.Broken broken) {
    String hash = HexFormat.of().formatHex(reached.hash());
    return new Audit.Verified(links, reached.id(), hash, more, broken);
  }

  private List<Link> links() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LINKS)) {
      statement.setLong(1, reached.id());
      statement.setInt(2, PAGE);
      List<Link> page = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          page.add(new Link(rows.getLong(1), rows.getBytes(2)));
        }
      }
      return page;
    }
  }

  /** One more than there may be: the first that is too many is found among them. */
  private List<Entry> rows(long after, long upTo) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setLong(1, after);
      statement.setLong(2, upTo);
      statement.setInt(3, PAGE + 1);
      List<Entry> page = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          List<String> columns = new ArrayList<>(AuditLink.NAMES.size());
          for (String name : AuditLink.NAMES) {
            columns.add(rows.getString(name));
          }
          page.add(new Entry(Long.parseLong(columns.get(0)), columns));
        }
      }
      return page;
    }
  }
}
