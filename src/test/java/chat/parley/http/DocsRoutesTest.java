package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.RawHttp;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which pages of the API there are, and who is shown one in place of an answer. */
class DocsRoutesTest {
  private static final List<String> PATHS =
      List.of(
          "/docs",
          "/docs/docs.js",
          "/docs/swagger-ui.js",
          "/redoc",
          "/docs/redoc.standalone.js",
          "/openapi.yaml",
          "/openapi.json",
          "/asyncapi.yaml");

  private static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

  private static Door off;
  private static Door on;
  private static Door tried;

  @BeforeAll
  static void open() throws TimeoutException {
    off = door(ApiPages.OFF);
    on = door(ApiPages.ON);
    tried = door(ApiPages.TRY);
  }

  @AfterAll
  static void close() throws TimeoutException {
    off.close();
    on.close();
    tried.close();
  }

  private static Door door(ApiPages pages) throws TimeoutException {
    return new Door("", false, options -> options.with(pages));
  }

  @Test
  void pagesAndContractsAreThere() throws IOException {
    PATHS.forEach(path -> assertEquals(200, on.send("GET", path, "").status(), path));
    assertEquals(
        Files.readString(Path.of("docs/api/asyncapi.yaml")),
        on.send("GET", "/asyncapi.yaml", "").text());
    JsonObject contract = new JsonObject(on.send("GET", "/openapi.json", "").text());
    assertEquals("3.1.0", contract.getString("openapi"));
    for (String path : List.of("/docs/", "/docs/index.html", "/docs/try.html", "/docs/none.js")) {
      assertEquals(404, on.send("GET", path, "").status(), path);
    }
  }

  @Test
  void switchedOffThereIsNothing() {
    PATHS.forEach(path -> assertEquals(404, off.send("GET", path, "").status(), path));
    assertEquals(404, off.send("GET", "/docs/index.html", "").status());
  }

  /** A policy is one even where it is widened. */
  @Test
  void pagesMayLayInTwoStyleSheetsAndNothingElse() {
    String usual = on.send("GET", "/", "").header("content-security-policy");
    String widened = on.send("GET", "/docs", "").header("content-security-policy");
    assertEquals(usual, widened.replaceAll(" 'sha256-[A-Za-z0-9+/=]{44}'", ""));
  }

  /** The makers of ReDoc would be told of every reader. */
  @Test
  void nothingIsFetchedFromTheMakersOfALibrary() {
    assertFalse(on.send("GET", "/docs/redoc.standalone.js", "").text().contains("cdn.redoc"));
  }

  @Test
  void onlyBrowsersAreShownAPageAndOnlyForAnswersInJson() {
    assertTrue(isPage(shown(tried, "/api/v1/auth/me", BROWSER)));
    assertTrue(isPage(shown(tried, "/api/v1/users?q=be", BROWSER)));
    assertFalse(isPage(shown(tried, "/api/v1/auth/me", "Accept: */*")));
    assertFalse(isPage(shown(tried, "/api/v1/nothing", BROWSER)));
    assertFalse(isPage(shown(tried, "/api/v1/session/oidc", BROWSER)));
    assertFalse(isPage(shown(tried, "/api/v1/users/x/avatar", BROWSER)));
    assertFalse(isPage(shown(tried, "/api/v1/auth/login", BROWSER)));
  }

  @Test
  void pageNamesItsFilesFromWhereItStands() {
    assertTrue(
        shown(tried, "/api/v1/auth/me", BROWSER).text().contains("\"../../../docs/try.js\""));
  }

  @Test
  void inProductionNobodyIsShownAPage() {
    assertFalse(isPage(shown(on, "/api/v1/auth/me", BROWSER)));
  }

  /** Past the check against the contract, which knows of no pages. */
  private static Reply shown(Door door, String path, String accept) {
    return RawHttp.send(door.port(), "GET", path, List.of(accept), new byte[0]);
  }

  private static boolean isPage(Reply reply) {
    return String.valueOf(reply.header("content-type")).startsWith("text/html");
  }
}
