package chat.parley.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Lets people into a test: each {@link #person} has a browser of their own, with its own cookies
 * and storage. One Chromium serves all tests of the JVM; what a test opened is closed after it, and
 * if it failed every open page is first saved to {@code target/screenshots}.
 *
 * <p>Use it as {@code @RegisterExtension static final BrowserExtension browser = new
 * BrowserExtension();} and from the test's own thread only, as Playwright demands.
 */
public final class BrowserExtension
    implements BeforeAllCallback, AfterTestExecutionCallback, AfterEachCallback {
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // A microphone that beeps, and nobody to ask whether it may be used.
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream");

  private final Map<String, BrowserContext> people = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();
  private Browser browser;

  /**
   * A screen of 1280 x 800 for {@link #person(String, Browser.NewContextOptions)}, English, UTC.
   */
  public static Browser.NewContextOptions desktop() {
    return new Browser.NewContextOptions()
        .setViewportSize(1280, 800)
        .setLocale("en-GB")
        .setTimezoneId("UTC");
  }

  /** A phone of 390 x 844 with touch, English, UTC. */
  public static Browser.NewContextOptions phone() {
    return desktop()
        .setViewportSize(390, 844)
        .setDeviceScaleFactor(2)
        .setIsMobile(true)
        .setHasTouch(true);
  }

  /** The first page of a new person at a desktop. */
  public Page person(String name) {
    return person(name, desktop());
  }

  /** The first page of a new person; {@code options} says what they look at it with. */
  public Page person(String name, Browser.NewContextOptions options) {
    var context = browser.newContext(options);
    if (people.putIfAbsent(name, context) != null) {
      context.close();
      throw new IllegalArgumentException(name + " is here already");
    }
    context.onWebError(error -> errors.add(name + ": " + error.error()));
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(name + ": " + message.text() + " at " + message.location());
          }
        });
    return context.newPage();
  }

  /** What went wrong in this test's pages so far: uncaught exceptions and console errors. */
  public List<String> errors() {
    // Events are taken in while a call waits for its answer, so ask every page for something.
    pages().forEach(page -> page.evaluate("0"));
    return List.copyOf(errors);
  }

  /** Fails if a page of this test threw an uncaught exception or wrote an error to its console. */
  public void assertNoErrors() {
    var found = errors();
    if (!found.isEmpty()) {
      throw new AssertionError("Errors in the browser:\n" + String.join("\n", found));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    browser =
        context
            .getRoot()
            .getStore(Namespace.create(BrowserExtension.class))
            .getOrComputeIfAbsent(Chrome.class, type -> Chrome.start(), Chrome.class)
            .browser();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      var test =
          context.getRequiredTestClass().getSimpleName()
              + "."
              + context.getDisplayName().replace("()", "");
      people.forEach((name, person) -> photograph(test + "." + name, person));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    people.values().forEach(BrowserContext::close);
    people.clear();
    errors.clear();
  }

  private Stream<Page> pages() {
    return people.values().stream().flatMap(person -> person.pages().stream());
  }

  private static void photograph(String name, BrowserContext person) {
    var pages = person.pages();
    for (int i = 0; i < pages.size(); i++) {
      var file = name.replaceAll("[^A-Za-z0-9.-]", "_") + (i == 0 ? "" : "." + i) + ".png";
      pages
          .get(i)
          .screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", file)));
    }
  }

  /** Lives in JUnit's root store, which closes it after the last test of the JVM. */
  private record Chrome(Playwright playwright, Browser browser) implements AutoCloseable {
    static Chrome start() {
      var executable = Chromium.executable();
      var playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      var options = new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(FLAGS);
      return new Chrome(playwright, playwright.chromium().launch(options));
    }

    @Override
    public void close() {
      try (playwright) {
        browser.close();
      }
    }
  }
}
