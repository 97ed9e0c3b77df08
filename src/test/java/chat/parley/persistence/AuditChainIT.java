package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.Audit;
import chat.parley.model.Audit.Broken;
import chat.parley.model.Audit.Flaw;
import chat.parley.testing.Await;
import io.vertx.pgclient.PgBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever changes the audit log afterwards is found out, at the row. */
class AuditChainIT {
  private static final String ACT = "select audit_write('%s', 'users', 'act', '{}', null, null)";

  @RegisterExtension final Backstage parley = new Backstage();

  /** As an intruder with all rights in the database does it. */
  private void tamper(String... statements) throws SQLException {
    try (Connection connection = parley.connection();
        Statement change = connection.createStatement()) {
      for (String table : List.of("audit_log", "audit_chain")) {
        change.execute("alter table " + table + " disable trigger append_only");
      }
      for (String statement : statements) {
        change.execute(statement);
      }
      for (String table : List.of("audit_log", "audit_chain")) {
        change.execute("alter table " + table + " enable trigger append_only");
      }
    }
  }

  private void acts(int count) throws SQLException {
    try (Connection connection = parley.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          ACT.formatted("admin.view") + " from generate_series(1, %d)".formatted(count));
    }
  }

  private void untilLaid() {
    Await.until(
        "the chain is laid",
        () ->
            parley.number("select max(id) from audit_log")
                == parley.number("select coalesce(max(id), 0) from audit_chain"));
  }

  private Audit.Verified verified(Audit.Place expected) throws SQLException {
    try (Connection connection = parley.connection()) {
      return AuditVerification.verify(connection, expected);
    }
  }

  private Broken broken() throws SQLException {
    return verified(null).broken();
  }

  @Test
  void chainFollowsTheLogInStepsAndHolds() throws SQLException {
    parley.person("anna");
    acts(AuditVerification.PAGE + AuditChain.MOST + 3);
    untilLaid();
    Audit.Verified all = verified(null);
    assertNull(all.broken());
    assertEquals(parley.number("select count(*) from audit_log"), all.links());
    assertEquals(parley.number("select max(id) from audit_log"), all.upTo());
    assertEquals(64, all.hash().length());
  }

  @Test
  void anyChangedColumnIsFound() throws SQLException {
    acts(3);
    untilLaid();
    for (String change :
        List.of(
            "at = at - interval '1 second'",
            "actor_id = gen_random_uuid()",
            "request_id = 'another'",
            "address = '192.0.2.1'",
            "table_name = 'rooms'",
            "act = 'admin.list'",
            "row_id = '{\"id\": 1}'",
            "before = '{}'",
            "after = '{}'")) {
      tamper(
          "create table kept as select * from audit_log where id = 2",
          "update audit_log set " + change + " where id = 2");
      assertEquals(new Broken(2, Flaw.CHANGED), broken(), change);
      tamper(
          "delete from audit_log where id = 2",
          "insert into audit_log overriding system value select * from kept",
          "drop table kept");
      assertNull(broken());
    }
  }

  @Test
  void rowThatIsTakenOutOrPutInIsNamed() throws SQLException {
    acts(5);
    untilLaid();
    tamper(
        "create table kept as select * from audit_log where id = 3",
        "delete from audit_log where id = 3");
    assertEquals(new Broken(3, Flaw.REMOVED), broken());
    tamper("delete from audit_chain where id = 3");
    assertEquals(new Broken(4, Flaw.CHANGED), broken(), "its link went with it");
    tamper("insert into audit_log overriding system value select * from kept");
    assertEquals(new Broken(3, Flaw.INSERTED), broken());
    tamper("drop table kept");
  }

  @Test
  void placeThatWasWrittenDownShowsAChainThatWasLaidAnew() throws SQLException {
    acts(4);
    untilLaid();
    Audit.Verified now = verified(null);
    Audit.Place place = Audit.Place.read(now.upTo() + ":" + now.hash());
    assertNull(verified(place).broken());
    tamper("delete from audit_log where id = 2", "delete from audit_chain");
    untilLaid();
    assertNull(broken(), "the chain by itself says nothing of it");
    assertEquals(new Broken(4, Flaw.CHANGED), verified(place).broken());
    tamper("delete from audit_log where id = 4", "delete from audit_chain where id = 4");
    assertEquals(new Broken(4, Flaw.REMOVED), verified(place).broken());
  }

  @Test
  void rowThatCommitsLateIsWaitedForAndOneRolledBackIsNot() throws SQLException {
    AuditChain chain =
        new AuditChain(
            new Postgres(
                PgBuilder.pool()
                    .connectingTo(PersistenceVerticle.readerOptions(parley.database))
                    .using(parley.vertx)
                    .build()));
    try (Connection late = parley.connection();
        Connection never = parley.connection();
        Statement slow = late.createStatement();
        Statement vain = never.createStatement()) {
      late.setAutoCommit(false);
      never.setAutoCommit(false);
      slow.execute(ACT.formatted("login"));
      vain.execute(ACT.formatted("login"));
      acts(1);
      long waiting = parley.number("select max(id) from audit_log");
      layThrice(chain);
      assertTrue(
          parley.number("select coalesce(max(id), 0) from audit_chain") < waiting - 2,
          "somebody may still come before it");
      never.rollback();
      late.commit();
      layThrice(chain);
    }
    untilLaid();
    assertNull(broken());
    assertEquals(2, verified(null).links());
  }

  /** Setting a mark, seeing it settled, laying up to it. */
  private static void layThrice(AuditChain chain) {
    for (int i = 0; i < 3; i++) {
      Await.get(chain.goOn());
    }
  }

  @Test
  void nobodyChangesTheChainByMistake() throws SQLException {
    acts(1);
    untilLaid();
    try (Connection connection = parley.connection();
        Statement statement = connection.createStatement()) {
      for (String change :
          List.of(
              "delete from audit_chain", "truncate audit_log", "update audit_chain set id = 7")) {
        SQLException refused =
            org.junit.jupiter.api.Assertions.assertThrows(
                SQLException.class, () -> statement.execute(change));
        assertTrue(refused.getMessage().contains("append-only"), refused.getMessage());
      }
    }
  }
}
