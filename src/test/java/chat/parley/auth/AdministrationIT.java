package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may change what an account may do, and that somebody always may. */
class AdministrationIT {
  @RegisterExtension final TestServer server = new TestServer();
  private Person admin;

  @BeforeEach
  void somebodyAdministers() {
    admin = server.person("admin");
  }

  private static Person.Answer change(Person who, Person whom, JsonObject wish) {
    return who.call("PATCH", "/admin/users/" + whom.id(), wish);
  }

  private static JsonObject disabled(boolean disabled) {
    return new JsonObject().put("disabled", disabled);
  }

  private static JsonObject role(String role) {
    return new JsonObject().put("role", role);
  }

  @Test
  void administratorsAreObeyedAndNobodyElse() {
    Person bob = server.person("bob");
    assertEquals(404, change(bob, admin, disabled(true)).status());
    assertEquals(404, change(bob, bob, role("admin")).status());
    assertEquals(401, change(Person.stranger(server.url()), bob, role("admin")).status());
    String nobody = "/admin/users/" + UUID.randomUUID();
    assertEquals(404, admin.call("PATCH", nobody, disabled(true)).status());
    assertEquals(200, change(admin, bob, new JsonObject()).status(), "nothing to do");
    assertEquals(400, change(admin, bob, role("owner")).status());
  }

  @Test
  void lastAdministratorStays() {
    assertEquals(409, change(admin, admin, role("user")).status());
    assertEquals(409, change(admin, admin, disabled(true)).status());
    assertEquals(200, change(admin, admin, disabled(false)).status(), "takes nothing away");
    Person deputy = server.person("deputy");
    assertEquals(200, change(admin, deputy, role("admin")).status());
    List<Integer> both =
        List.of(admin, deputy).parallelStream()
            .map(each -> change(each, each == admin ? deputy : admin, role("user")).status())
            .toList();
    assertTrue(both.contains(200) && !both.equals(List.of(200, 200)), both::toString);
  }
}
