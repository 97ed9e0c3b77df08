package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Chromium starts here, people are apart, errors are noticed, and the view library works in it. */
class BrowserHarnessBrowserTest {
  private static final String SITE = "http://parley.test";
  private static final String COUNTER =
      """
      <!doctype html>
      <main></main>
      <script type="module">
        import { html, render, useState } from '/vendor/htm-preact-standalone.js';
        function Counter() {
          const [count, setCount] = useState(0);
          return html`<button onClick=${() => setCount(count + 1)}>${'<b>'} ${count}</button>`;
        }
        render(html`<${Counter} />`, document.querySelector('main'));
      </script>
      """;

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @Test
  void viewLibraryRendersAndReactsWithoutErrors() {
    var page = open("ada", browser.person("ada"));
    page.locator("button").click();
    page.locator("button:text-is('<b> 1')").waitFor();
    browser.assertNoErrors();
  }

  @Test
  void peopleDoNotShareStorage() {
    var ada = open("ada", browser.person("ada"));
    var bob = open("bob", browser.person("bob"));
    ada.evaluate("localStorage.setItem('who', 'ada')");
    assertEquals("ada", ada.evaluate("localStorage.getItem('who')"));
    assertEquals(null, bob.evaluate("localStorage.getItem('who')"));
  }

  @Test
  void errorsOfAPageFailTheAssertion() {
    var page = browser.person("ada");
    page.evaluate("console.error('first')");
    page.evaluate("setTimeout(() => { throw new Error('second'); })");
    page.waitForCondition(() -> browser.errors().size() == 2);
    var failure = assertThrows(AssertionError.class, browser::assertNoErrors);
    assertTrue(failure.getMessage().contains("ada: first"), failure.getMessage());
    assertTrue(failure.getMessage().contains("second"), failure.getMessage());
  }

  @Test
  void phoneInTheDarkIsAPhoneInTheDark() {
    var dark = BrowserExtension.phone().setColorScheme(ColorScheme.DARK);
    var page = browser.person("ada", dark);
    page.setContent("<meta name=viewport content='width=device-width'>");
    assertEquals(390, page.evaluate("innerWidth"));
    assertEquals(true, page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"));
  }

  private static Page open(String name, Page page) {
    page.route(SITE + "/**", BrowserHarnessBrowserTest::serve);
    page.navigate(SITE + "/?" + name);
    return page;
  }

  private static void serve(Route route) {
    var path = URI.create(route.request().url()).getPath();
    var answer = new Route.FulfillOptions();
    route.fulfill(
        path.equals("/")
            ? answer.setContentType("text/html").setBody(COUNTER)
            : answer.setPath(Path.of("webroot" + path)));
  }
}
