package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cookie: how it is set, who may use it, what a foreign page cannot do with it. */
@ExtendWith(DoorExtension.class)
class SiteSessionTest {
  private static final String SESSION = "/api/v1/session";
  private static final String JOIN = "/api/v1/chat/rooms/" + FakeServices.ROOM + "/join";
  private static final String LOGIN = "{\"login\":\"anna\",\"password\":\"correct horse\"}";
  private static final String COOKIE = "Cookie: parley=" + FakeServices.COOKIE;
  private static final String CSRF = "X-CSRF-Token: " + FakeServices.CSRF;

  private final Door door;

  SiteSessionTest(Door door) {
    this.door = door;
  }

  @BeforeEach
  void forget() {
    door.services().forget();
  }

  @Test
  void signingInSetsACookieThatNoScriptReadsAndNoOtherSiteSends() {
    Reply reply = door.send("POST", SESSION, LOGIN);
    assertEquals(
        "parley=live-cookie; Max-Age=3600; Path=/; HTTPOnly; SameSite=Strict",
        reply.header("set-cookie").replaceFirst(" Expires=[^;]*;", ""));
    assertEquals(FakeServices.CSRF, new JsonObject(reply.text()).getString("csrfToken"));
    assertFalse(reply.text().contains(FakeServices.COOKIE));
  }

  @Test
  void behindHttpsTheCookieIsBoundToThisHost() throws TimeoutException {
    try (Door shared = new Door("https://host.example/chat", false)) {
      String below =
          shared.send("POST", SESSION, LOGIN, "Origin: https://host.example").header("set-cookie");
      assertTrue(below.startsWith("__Secure-parley="), below);
      assertTrue(below.contains("Path=/chat;"), below);
    }
    try (Door https = new Door("https://chat.example", false)) {
      Reply reply = https.send("POST", SESSION, LOGIN, "Origin: https://chat.example");
      String cookie = reply.header("set-cookie");
      assertTrue(
          cookie.startsWith("__Host-parley=live-cookie;") && cookie.contains("Secure"), cookie);
      assertNotNull(reply.header("strict-transport-security"));
      assertEquals(401, https.send("GET", "/api/v1/auth/me", "", COOKIE).status());
      assertEquals(
          200,
          https.send("GET", "/api/v1/auth/me", "", "Cookie: __Host-parley=live-cookie").status());
      assertEquals(403, https.send("POST", SESSION, LOGIN, "Origin: http://localhost").status());
    }
  }

  @Test
  void signedOutIsAnEmptySession() {
    Reply reply = door.send("GET", SESSION, "");
    assertEquals("{}", reply.text());
    assertNull(reply.header("set-cookie"));
  }

  @Test
  void deadCookieIsNoSessionAndIsLeftToWhoeverIsSigningIn() {
    Reply reply = door.send("GET", SESSION, "", "Cookie: parley=dead");
    assertEquals("{}", reply.text());
    assertNull(reply.header("set-cookie"));
  }

  @Test
  void signingInAgainEndsTheSessionOfTheCookieThatWasThere() {
    String anna = "{\"login\":\"anna\",\"password\":\"correct horse\"}";
    assertEquals(200, door.send("POST", SESSION, anna, "Cookie: parley=dead").status());
    assertNull(door.services().asked(Addresses.AUTH_LOGOUT));
    assertEquals(200, door.send("POST", SESSION, anna, COOKIE).status());
    assertEquals(
        FakeServices.ANNA.id(), door.services().asked(Addresses.AUTH_LOGOUT).actor().userId());
  }

  @Test
  void liveCookieGivesTheSession() {
    Reply reply = door.send("GET", SESSION, "", COOKIE);
    assertEquals("anna", new JsonObject(reply.text()).getJsonObject("user").getString("username"));
    assertEquals(FakeServices.CSRF, new JsonObject(reply.text()).getString("csrfToken"));
  }

  @Test
  void signingOutEndsTheSessionAndTakesTheCookieAway() {
    Reply reply = door.send("DELETE", SESSION, "", COOKIE, CSRF);
    assertEquals(204, reply.status());
    assertTrue(reply.header("set-cookie").startsWith("parley=; Max-Age=0"));
    assertNotNull(door.services().asked(Addresses.AUTH_LOGOUT));
  }

  @Test
  void headerWinsOverCookie() {
    assertEquals(
        401,
        door.send("GET", "/api/v1/auth/me", "", COOKIE, "Authorization: Bearer wrong").status());
    assertEquals(
        200,
        door.send(
                "POST",
                JOIN,
                "",
                "Cookie: parley=dead",
                "Authorization: Bearer " + FakeServices.TOKEN)
            .status());
  }

  /**
   * Columns: what the browser says of the page, the token, the answer to reading, the answer to
   * writing.
   */
  @ParameterizedTest
  @CsvSource({
    "X-Page: none,                        true,  200, 200",
    "X-Page: none,                        false, 200, 403",
    "Origin: http://localhost,            true,  200, 200",
    "Origin: http://localhost,            false, 200, 403",
    "Origin: https://localhost,           true,  200, 200",
    "Origin: https://friend.example,      true,  200, 200",
    "Origin: https://friend.example,      false, 200, 403",
    "Origin: https://evil.example,        true,  403, 403",
    "Origin: https://friend.example.evil, true,  403, 403",
    "Origin: http://localhost.evil,       true,  403, 403",
    "Origin: null,                        true,  403, 403",
    "Sec-Fetch-Site: cross-site,          true,  403, 403",
    "Sec-Fetch-Site: same-origin,         true,  200, 200",
    "Sec-Fetch-Site: none,                true,  200, 200",
  })
  void cookieServesOnlyOurOwnPages(String page, boolean token, int read, int write) {
    String csrf = token ? CSRF : "X-CSRF-Token: wrong";
    assertEquals(
        read,
        door.send("GET", "/api/v1/auth/me", "", COOKIE, csrf, "Host: localhost", page).status());
    assertEquals(
        write, door.send("POST", JOIN, "", COOKIE, csrf, "Host: localhost", page).status());
    assertEquals(write == 200, door.services().asked(Addresses.MEMBERS_JOIN) != null);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: http://localhost,       200",
    "Origin: https://evil.example,   403",
    "Origin: null,                   403",
    "Sec-Fetch-Site: cross-site,     403",
  })
  void noForeignPageSignsSomebodyIn(String page, int status) {
    assertEquals(status, door.send("POST", SESSION, LOGIN, "Host: localhost", page).status());
  }

  @Test
  void formsOfForeignPagesDoNothing() {
    assertEquals(415, door.send("POST", SESSION, LOGIN, "Content-Type: text/plain").status());
    assertEquals(
        403,
        door.send("POST", JOIN, "a=b", COOKIE, "Content-Type: application/x-www-form-urlencoded")
            .status());
    assertEquals(
        403,
        door.send("POST", "/api/v1/chat/rooms", "{}", COOKIE, "Content-Type: text/plain").status());
  }

  @Test
  void tokenNeedsNoCsrfTokenWhereverItComesFrom() {
    assertEquals(
        200,
        door.send(
                "POST",
                JOIN,
                "",
                "Authorization: Bearer " + FakeServices.TOKEN,
                "Sec-Fetch-Site: cross-site")
            .status());
  }

  @Test
  void listedOriginsMayReadAndNoOthers() {
    Reply listed = door.send("GET", "/api/v1/session", "", "Origin: https://friend.example");
    assertEquals("https://friend.example", listed.header("access-control-allow-origin"));
    assertNull(listed.header("access-control-allow-credentials"));
    for (String origin : new String[] {"https://evil.example", "null", "http://localhost"}) {
      assertNull(
          door.send("GET", "/api/v1/session", "", "Origin: " + origin)
              .header("access-control-allow-origin"));
      Reply preflight =
          door.send(
              "OPTIONS", JOIN, "", "Origin: " + origin, "Access-Control-Request-Method: POST");
      assertEquals(405, preflight.status());
      assertNull(preflight.header("access-control-allow-origin"));
    }
    Reply preflight =
        door.send(
            "OPTIONS",
            JOIN,
            "",
            "Origin: https://friend.example",
            "Access-Control-Request-Method: POST");
    assertEquals(204, preflight.status());
    assertTrue(preflight.header("access-control-allow-headers").contains("Authorization"));
  }

  @Test
  void sockJsLendsItselfToNoForeignPage() {
    Reply reply = door.send("GET", "/eventbus/info", "", "Origin: https://evil.example");
    assertNull(reply.header("access-control-allow-origin"), reply.headers().toString());
  }
}
