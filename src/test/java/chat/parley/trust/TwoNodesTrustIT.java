package chat.parley.trust;

import static chat.parley.testing.Await.within;
import static chat.parley.trust.Watch.change;
import static chat.parley.trust.Watch.disabled;
import static chat.parley.trust.Watch.isLetIn;
import static chat.parley.trust.Watch.refresh;
import static chat.parley.trust.Watch.role;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** S34 and S33 where two nodes serve: what ends on one has ended on the other. */
class TwoNodesTrustIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration SOCKETS = Duration.ofSeconds(2);

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();
  private static Person admin;

  @BeforeAll
  static void somebodyAdministers() {
    admin = Person.register(CLUSTER.a().url(), "two.admin");
  }

  private static Person onA(String name) {
    return CLUSTER.a().person(name);
  }

  private static Browser pageOnB(Person person) {
    return new Browser(CLUSTER.b().url()).signIn(person.name());
  }

  /** Known there, so that the node has reason to remember. */
  private static Person there(Person person) {
    Person there = person.at(CLUSTER.b().url());
    assertTrue(isLetIn(there));
    return there;
  }

  private static void assertEnded(BusSocket... sockets) {
    within(SOCKETS, "sockets close", () -> List.of(sockets).stream().allMatch(BusSocket::isClosed));
    List.of(sockets).forEach(socket -> assertEquals(4001, socket.closeCode()));
  }

  @Test
  void s34_logoutEndsTokenAndSocketOnTheOtherNode() {
    Person ann = onA("two.logout");
    Person there = there(ann);
    BusSocket socket = there.socket();
    assertEquals(204, ann.post("/auth/logout", null).status());
    within(AT_ONCE, "the token is refused there", () -> !isLetIn(there));
    assertEquals(401, refresh(there, ann.refreshToken()).status());
    assertEnded(socket);
  }

  @Test
  void s34_cookieOfOneNodeEndsOnTheOther() {
    Person ann = onA("two.cookie");
    Browser onB = pageOnB(ann);
    Browser onA = onB.at(CLUSTER.a().url());
    assertTrue(onA.isSignedIn());
    BusSocket socket = onB.socket();
    assertEquals(204, onA.page("DELETE", "/session", null).statusCode());
    within(AT_ONCE, "the cookie is refused there", () -> !onB.isSignedIn());
    assertEnded(socket);
  }

  @Test
  void s34_disablingEndsEverythingOnTheOtherNode() {
    Person bob = onA("two.disabled");
    Person there = there(bob);
    Browser page = pageOnB(bob);
    BusSocket byToken = there.socket();
    BusSocket byCookie = page.socket();
    assertEquals(200, change(admin, bob, disabled(true)).status());
    within(AT_ONCE, "refused there", () -> !isLetIn(there) && !page.isSignedIn());
    assertEnded(byToken, byCookie);
    assertEquals(401, refresh(there, bob.refreshToken()).status());
  }

  @Test
  void s34_roleCountsAtOnceOnTheOtherNode() {
    Person deputy = onA("two.deputy");
    Person bob = onA("two.bob");
    Person there = there(deputy);
    assertEquals(200, change(admin, deputy, role("admin")).status());
    within(AT_ONCE, "may there", () -> change(there, bob, disabled(false)).status() == 200);
    assertEquals(200, change(admin, deputy, role("user")).status());
    within(AT_ONCE, "may not there", () -> change(there, bob, disabled(false)).status() == 404);
  }

  @Test
  void s34_endingAllOthersReachesTheOtherNode() {
    Person ann = onA("two.others");
    Browser page = pageOnB(ann);
    BusSocket socket = page.socket();
    assertEquals(204, ann.delete("/auth/sessions").status());
    within(AT_ONCE, "the cookie is refused there", () -> !page.isSignedIn());
    assertEnded(socket);
    assertTrue(isLetIn(ann));
  }

  @Test
  void s33_reuseOnOneNodeEndsTheFamilyOnTheOther() {
    Person ann = onA("two.reuse");
    Person there = there(ann);
    BusSocket socket = there.socket();
    assertEquals(200, refresh(there, ann.refreshToken()).status());
    assertEquals(401, refresh(ann, ann.refreshToken()).status());
    within(AT_ONCE, "the token is refused there", () -> !isLetIn(there));
    assertEnded(socket);
    assertFalse(isLetIn(ann));
  }
}
