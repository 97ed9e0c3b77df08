package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.RawHttp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The panel's page and files are there for administrators, and for nobody else. */
@ExtendWith(DoorExtension.class)
class AdminPagesTest {
  private static final String ADMIN = "Cookie: parley=" + FakeServices.COOKIE;
  private static final String USER = "Cookie: parley=" + FakeServices.USER_COOKIE;
  private static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

  private final Door door;

  AdminPagesTest(Door door) {
    this.door = door;
  }

  @Test
  void administratorGetsThePageAndItsFiles() throws IOException {
    Reply page = door.send("GET", "/admin", "", ADMIN);
    assertEquals(200, page.status());
    assertArrayEquals(Files.readAllBytes(Path.of("webroot/admin/index.html")), page.body());
    assertEquals(200, door.send("GET", "/admin/js/admin.js", "", ADMIN).status());
    assertEquals(404, door.send("GET", "/admin/js/none.js", "", ADMIN).status());
    assertEquals("../admin", door.send("GET", "/admin/", "", ADMIN).header("location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/",
        "/admin/index.html",
        "/admin/js/admin.js",
        "/admin/css/panel.css",
        "/admin/none",
        "/%61dmin/js/admin.js",
        "/js/../admin/js/admin.js"
      })
  void nobodyElseGetsAnythingBelowIt(String path) {
    for (String method : List.of("GET", "HEAD")) {
      assertEquals(401, door.send(method, path, "").status());
      assertEquals(401, door.send(method, path, "", "Cookie: parley=dead").status());
      assertEquals(404, door.send(method, path, "", USER).status());
      String key = "Authorization: Bearer " + FakeServices.KEY_FOR + "ADMIN";
      assertEquals(404, door.send(method, path, "", key).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"//admin/js/admin.js", "/Admin/js/admin.js", "/./admin/js/admin.js"})
  void noOtherSpellingLeadsThere(String path) {
    for (Reply reply : List.of(door.send("GET", path, ""), door.send("GET", path, "", USER))) {
      assertTrue(reply.status() >= 400 && reply.status() < 500, path + " " + reply.status());
    }
  }

  @Test
  void browserIsToldWhereToSignIn_andNothingOfThePanel() {
    Reply door401 = door.send("GET", "/admin", "", BROWSER);
    assertEquals(401, door401.status());
    assertTrue(door401.text().contains("Sign in first"));
    assertFalse(door401.text().contains("admin.js"));
    assertEquals("no-store", door401.header("cache-control"));
    assertEquals(404, door.send("GET", "/admin", "", BROWSER, USER).status());
  }

  @Test
  void pageOfAnotherSiteIsAStranger() {
    assertEquals(401, door.send("GET", "/admin", "", ADMIN, "Sec-Fetch-Site: cross-site").status());
  }

  /** An answer that was kept is asked for anew, and then the cookie counts. */
  @Test
  void whoIsSignedOutGetsNoAnswerThatWasKept() {
    String tag = door.send("GET", "/admin/js/admin.js", "", ADMIN).header("etag");
    assertEquals(
        304, door.send("GET", "/admin/js/admin.js", "", ADMIN, "If-None-Match: " + tag).status());
    assertEquals(401, door.send("GET", "/admin/js/admin.js", "", "If-None-Match: " + tag).status());
    assertEquals(404, door.send("GET", "/administrators", "").status());
  }
}
