package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What keeps an account asks for a fresh proof, and takes it. */
class ConfirmIT {
  @RegisterExtension final TestServer server = new TestServer();
  private Person admin;
  private Person bob;

  @BeforeEach
  void signedIn() {
    admin = server.person("admin");
    bob = server.person("bob");
  }

  private void sql(String statement) {
    try (Connection connection =
            DriverManager.getConnection(
                server.database().jdbcUrl(),
                server.database().user(),
                server.database().password());
        Statement all = connection.createStatement()) {
      all.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void longAgo() {
    sql("update sessions set confirmed_at = now() - interval '10 minutes 1 second'");
  }

  private Person.Answer change() {
    return admin.call("PATCH", "/admin/users/" + bob.id(), new JsonObject().put("disabled", false));
  }

  private static Person.Answer confirm(Person person, String password) {
    return person.post("/auth/confirm", new JsonObject().put("current", password));
  }

  @Test
  void sessionIsFreshRightAfterSigningIn() {
    assertEquals(200, change().status());
  }

  @Test
  void staleSessionIsAskedForThePasswordAndThenLetThrough() {
    longAgo();
    Person.Answer refused = change();
    assertEquals(403, refused.status());
    assertEquals("/problems/confirm-first", refused.body().getString("type"));
    assertEquals(200, admin.get("/auth/me").status(), "everything else goes on");
    assertEquals(204, confirm(admin, "correct horse of admin").status());
    assertEquals(200, change().status());
  }

  @Test
  void wrongPasswordProvesNothing() {
    longAgo();
    Person.Answer wrong = confirm(admin, "correct horse of bob");
    assertEquals(403, wrong.status());
    assertEquals(
        "/current", wrong.body().getJsonArray("errors").getJsonObject(0).getString("pointer"));
    assertEquals(403, change().status());
    assertEquals(401, confirm(Person.stranger(server.url()), "correct horse of admin").status());
  }

  @Test
  void proofCountsForItsOwnSessionOnly() {
    Person tablet = server.person(admin);
    longAgo();
    assertEquals(204, confirm(tablet, "correct horse of admin").status());
    assertEquals(403, change().status());
    assertEquals(
        200,
        tablet
            .call("PATCH", "/admin/users/" + bob.id(), new JsonObject().put("disabled", false))
            .status());
  }

  @Test
  void whoMayNotAnywayIsNotAskedForAProof() {
    longAgo();
    Person.Answer refused =
        bob.call("PATCH", "/admin/users/" + admin.id(), new JsonObject().put("disabled", true));
    assertEquals("/problems/not-found", refused.body().getString("type"));
  }
}
