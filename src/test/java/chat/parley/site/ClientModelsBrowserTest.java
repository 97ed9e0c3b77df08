package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.testing.BrowserExtension;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PageAssertions;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests of the client's models, which are JavaScript and run where the models do. */
class ClientModelsBrowserTest {
  /** Trusted by browsers as if it were https; no request leaves the browser. */
  private static final String FOLDER = "http://localhost";

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @Test
  void modelsPassTheirTests() {
    Page page = browser.person("tester");
    page.route(FOLDER + "/**", ClientModelsBrowserTest::serve);
    page.navigate(FOLDER + "/src/test/js/run.html");
    assertThat(page)
        .not()
        .hasTitle("running", new PageAssertions.HasTitleOptions().setTimeout(60_000));
    assertThat(page.locator("#outcome")).hasText(Pattern.compile("^PASS [1-9]\\d*$"));
    assertThat(page).hasTitle(Pattern.compile("^PASS [1-9]\\d*$"));
    browser.assertNoErrors();
  }

  private static void serve(Route route) {
    String path = URI.create(route.request().url()).getPath().substring(1);
    String type = path.endsWith(".html") ? "text/html" : "text/javascript";
    if (path.matches("(src/test/js|webroot)/.*")) {
      route.fulfill(new Route.FulfillOptions().setContentType(type).setPath(Path.of(path)));
    } else {
      route.fulfill(new Route.FulfillOptions().setStatus(204));
    }
  }
}
