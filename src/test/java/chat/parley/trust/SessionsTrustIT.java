package chat.parley.trust;

import static chat.parley.testing.Await.within;
import static chat.parley.trust.Watch.atOnce;
import static chat.parley.trust.Watch.change;
import static chat.parley.trust.Watch.disabled;
import static chat.parley.trust.Watch.isLetIn;
import static chat.parley.trust.Watch.refresh;
import static chat.parley.trust.Watch.role;
import static chat.parley.trust.Watch.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trust, part C: a session that ends is over everywhere, for everything that came of it. */
class SessionsTrustIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @RegisterExtension static final Target target = new Target();

  private final List<Person> people = new ArrayList<>();

  @AfterEach
  void everybodyGoes() {
    people.forEach(Person::close);
  }

  private Person person(String name) {
    Person person = target.person(name);
    people.add(person);
    return person;
  }

  /** The same person, signed in once more. */
  private Person again(Person known) {
    Person again = known.at(target.url());
    again.login();
    people.add(again);
    return again;
  }

  private static JsonObject login(Person person) {
    return new JsonObject()
        .put("login", person.name())
        .put("password", "correct horse of " + person.name());
  }

  private Browser browser(Person person) {
    return new Browser(target.url()).signIn(person.name());
  }

  private static List<JsonObject> sessions(Person person) {
    Person.Answer answer = person.get("/auth/sessions");
    assertEquals(200, answer.status());
    return answer.body().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void s33_reusedRefreshTokenEndsTheFamilyAndItsSockets() {
    Person ann = person("ann");
    BusSocket first = ann.socket();
    Person.Answer next = refresh(ann, ann.refreshToken());
    assertEquals(200, next.status());
    BusSocket second =
        BusSocket.open(target.url(), "?token=" + next.body().getString("accessToken"));
    BusSocket other = again(ann).socket();

    assertEquals(401, refresh(ann, ann.refreshToken()).status(), "used before");
    within(AT_ONCE, "both sockets close", () -> first.isClosed() && second.isClosed());
    assertEquals(List.of(4001, 4001), List.of(first.closeCode(), second.closeCode()));
    assertFalse(isLetIn(ann), "the first access token");
    assertEquals(401, refresh(ann, next.body().getString("refreshToken")).status(), "the child");
    assertFalse(other.isClosed(), "another session of hers is not of this family");
  }

  @Test
  void s33_i16_twentyParallelRefreshesLeaveAtMostOneLiveChild() {
    Person ann = person("ann");
    List<Person.Answer> answers = atOnce(20, () -> refresh(ann, ann.refreshToken()));
    List<Person.Answer> children = answers.stream().filter(each -> each.status() == 200).toList();
    assertTrue(children.size() <= 1, () -> children.size() + " children");
    answers.forEach(each -> assertTrue(List.of(200, 401).contains(each.status())));
    children.forEach(
        child ->
            assertEquals(
                401,
                refresh(ann, child.body().getString("refreshToken")).status(),
                "the others' use ended the family"));
  }

  @Test
  void s34_logoutEndsTokenCookieAndSockets() {
    Person ann = person("ann");
    Browser page = browser(ann);
    BusSocket byToken = ann.socket();
    BusSocket byCookie = page.socket();
    assertEquals(204, ann.post("/auth/logout", null).status());
    assertFalse(isLetIn(ann));
    assertEquals(401, refresh(ann, ann.refreshToken()).status());
    within(AT_ONCE, "the program's socket closes", byToken::isClosed);
    assertFalse(byCookie.isClosed(), "the browser is another session");

    assertEquals(204, page.page("DELETE", "/session", null).statusCode());
    assertFalse(page.isSignedIn());
    assertEquals(401, page.page("GET", "/auth/me", null).statusCode());
    within(AT_ONCE, "the page's socket closes", byCookie::isClosed);
    assertEquals(List.of(4001, 4001), List.of(byToken.closeCode(), byCookie.closeCode()));
  }

  @Test
  void s34_i15_disabledAccountDoesAndHearsNothing() {
    Person admin = target.admin();
    Person bob = person("bob");
    String room = admin.room("group", bob);
    Browser page = browser(bob);
    List<BusSocket> sockets = List.of(bob.socket(), page.socket());
    sockets.forEach(socket -> socket.registerRoom(room));
    assertTrue(isLetIn(bob), "remembered as somebody who may");

    Person.Answer answer = change(admin, bob, disabled(true));
    assertEquals(200, answer.status(), answer.body()::encode);
    assertTrue(answer.body().getBoolean("disabled"));
    assertFalse(isLetIn(bob));
    assertFalse(page.isSignedIn());
    assertEquals(401, refresh(bob, bob.refreshToken()).status());
    within(AT_ONCE, "the sockets close", () -> sockets.stream().allMatch(BusSocket::isClosed));
    admin.say(room, "not for bob");
    sockets.forEach(socket -> assertEquals(List.of(), texts(socket, room)));

    assertEquals(403, bob.post("/auth/login", login(bob)).status(), "who knows the password");
    assertEquals(
        401, bob.post("/auth/login", login(bob).put("password", "wrong password")).status());
    assertEquals(200, change(admin, bob, disabled(false)).status());
    assertFalse(isLetIn(bob), "what has ended stays over");
    bob.login();
    assertTrue(isLetIn(bob));
  }

  @Test
  void s34_roleCountsAtOnceOnLiveSessions() {
    Person admin = target.admin();
    Person deputy = person("deputy");
    Person bob = person("bob");
    assertEquals(404, change(deputy, bob, disabled(true)).status());
    assertEquals("admin", change(admin, deputy, role("admin")).body().getString("role"));
    within(AT_ONCE, "the deputy may", () -> change(deputy, bob, disabled(true)).status() == 200);
    assertEquals(200, change(admin, deputy, role("user")).status());
    assertEquals(404, change(deputy, bob, disabled(false)).status(), "with the same token");
    assertEquals(403, bob.post("/auth/login", login(bob)).status(), "nothing changed");
  }

  @Test
  void sessionsAreListedOneADevice() {
    Person ann = person("ann");
    Browser page = browser(ann);
    List<JsonObject> sessions = sessions(ann);
    assertEquals(2, sessions.size());
    JsonObject mine =
        sessions.stream().filter(each -> each.getBoolean("current")).findFirst().get();
    assertEquals("program", mine.getString("kind"));
    JsonObject other = sessions.get(1 - sessions.indexOf(mine));
    assertEquals("site", other.getString("kind"));
    assertFalse(other.getBoolean("current"));
    assertTrue(other.getString("agent").startsWith("Java-http-client"), other::encode);
    assertEquals("127.0.0.1", other.getString("address"));
    assertTrue(other.getInstant("expiresAt").isBefore(mine.getInstant("expiresAt")), "idle");
    assertEquals(1, sessions(person("bob")).size(), "nobody else's");
    JsonObject seenByPage =
        new JsonObject(page.page("GET", "/auth/sessions", null).body())
            .getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getBoolean("current"))
                .findFirst()
                .get();
    assertEquals(other.getString("id"), seenByPage.getString("id"));
  }

  @Test
  void oneSessionIsEndedFromAnother() {
    Person ann = person("ann");
    Person tablet = again(ann);
    Person bob = person("bob");
    BusSocket socket = tablet.socket();
    String id =
        sessions(ann).stream()
            .filter(each -> !each.getBoolean("current"))
            .findFirst()
            .get()
            .getString("id");
    assertEquals(404, bob.delete("/auth/sessions/" + id).status(), "not his");
    assertEquals(204, ann.delete("/auth/sessions/" + id).status());
    assertFalse(isLetIn(tablet));
    assertEquals(401, refresh(tablet, tablet.refreshToken()).status());
    within(AT_ONCE, "its socket closes", socket::isClosed);
    assertEquals(204, ann.delete("/auth/sessions/" + id).status(), "again");
    assertEquals(1, sessions(ann).size());
    assertEquals(404, ann.delete("/auth/sessions/" + UUID.randomUUID()).status());
  }

  @Test
  void browserThatEndsItsOwnSessionLosesItsCookie() {
    Person ann = person("ann");
    Browser page = browser(ann);
    String id =
        sessions(ann).stream()
            .filter(each -> each.getString("kind").equals("site"))
            .findFirst()
            .get()
            .getString("id");
    var answer = page.page("DELETE", "/auth/sessions/" + id, null);
    assertEquals(204, answer.statusCode());
    assertTrue(answer.headers().firstValue("Set-Cookie").get().contains("Max-Age=0"));
    assertFalse(page.isSignedIn());
  }

  @Test
  void allOthersAreEndedAtOnce() {
    Person ann = person("ann");
    Person tablet = again(ann);
    Browser page = browser(ann);
    List<BusSocket> others = List.of(tablet.socket(), page.socket());
    BusSocket mine = ann.socket();
    Person bob = person("bob");
    assertEquals(204, ann.delete("/auth/sessions").status());
    assertFalse(isLetIn(tablet));
    assertFalse(page.isSignedIn());
    within(AT_ONCE, "their sockets close", () -> others.stream().allMatch(BusSocket::isClosed));
    assertTrue(isLetIn(ann) && isLetIn(bob));
    assertFalse(mine.isClosed());
    assertEquals(1, sessions(ann).size());
  }

  @Test
  void s36_cookieIsForThisHostAndNoScript() {
    Person ann = person("ann");
    String line = browser(ann).setCookie();
    boolean secure = target.url().startsWith("https:");
    assertTrue(line.startsWith(secure ? "__Host-parley=" : "parley="), line);
    assertEquals(secure, line.contains("; Secure"), line);
    assertTrue(line.toLowerCase().contains("; httponly"), line);
    assertTrue(line.contains("; SameSite=Strict"), line);
    assertTrue(line.contains("; Path=/"), line);
    assertFalse(line.contains("Domain"), line);
  }

  @Test
  void s36_cookieIsANewOneAtEverySignInAndTheOldSessionEnds() {
    Person ann = person("ann");
    Person bob = person("bob");
    Browser page = browser(ann);
    Browser copy = page.at(target.url());
    BusSocket socket = page.socket();
    page.signIn(ann.name());
    assertNotEquals(copy.cookie(), page.cookie());
    assertNotEquals(copy.csrf(), page.csrf());
    assertTrue(page.isSignedIn());
    assertFalse(copy.isSignedIn(), "who copied the cookie before");
    within(AT_ONCE, "its socket closes", socket::isClosed);
    page.signIn(bob.name());
    assertEquals(1, sessions(ann).size(), "also when somebody else signs in");
  }

  @Test
  void s37_gettingWithoutACookieMakesNoSession() {
    Person ann = person("ann");
    Browser stranger = new Browser(target.url());
    int before = sessions(ann).size();
    for (int i = 0; i < 2_000; i++) {
      var answer = stranger.send("GET", i % 2 == 0 ? "/session" : "/auth/me", null);
      assertEquals(i % 2 == 0 ? 200 : 401, answer.statusCode());
      assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    }
    assertEquals(before, sessions(ann).size());
  }

  @Test
  void s38_foreignPagesChangeNothing() {
    Person ann = person("ann");
    String room = ann.room("group");
    Browser page = browser(ann);
    String messages = "/chat/rooms/" + room + "/messages";
    String json = "{\"text\":\"forged\"}";
    List<String[]> forgeries =
        List.of(
            new String[] {"Content-Type", "application/x-www-form-urlencoded"},
            new String[] {"Content-Type", "text/plain"},
            new String[] {"Content-Type", "application/json"},
            new String[] {"Content-Type", "text/plain", "Origin", "https://evil.example"},
            new String[] {"Content-Type", "application/json", "Origin", "null"},
            new String[] {"Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"},
            new String[] {"Content-Type", "application/json", "X-CSRF-Token", "guessed"},
            new String[] {"Content-Type", "application/json", "X-CSRF-Token", browser(ann).csrf()});
    for (String[] headers : forgeries) {
      String what = String.join(" ", headers);
      assertEquals(403, page.send("POST", messages, json, headers).statusCode(), what);
      assertEquals(403, page.send("DELETE", "/session", null, headers).statusCode(), what);
      assertEquals(
          403,
          page.send("PUT", "/chat/rooms/" + room + "/read", "{\"seq\":1}", headers).statusCode(),
          what);
    }
    for (String writing : List.of("/session", "/auth/logout", "/auth/sessions", messages)) {
      page.send("GET", writing, null);
    }
    assertTrue(page.isSignedIn(), "getting changes nothing");
    assertEquals(List.of(), ann.history(room));
    assertEquals(201, page.page("POST", messages, json).statusCode(), "our own page");
    ann.say(room, "a token alone needs no more");
    assertEquals(List.of("forged", "a token alone needs no more"), ann.history(room));
  }
}
