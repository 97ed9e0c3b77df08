package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks for what would keep people out: axe-core's rules for WCAG 2.1 A and AA. */
public final class Axe {
  private static final String RULES = read();

  private static final String RUN =
      """
      async (rules) => {
        const settled = (one) => one.effect.getComputedTiming().iterations === 1;
        // What is fading in has no colour yet.
        await Promise.all(document.getAnimations().filter(settled).map(one => one.finished.catch(() => {})));
        const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] });
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}, as ${nodes[0].html})`);
      }""";

  private static final List<String> ALL = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");

  private Axe() {}

  /** Fails if something on the page as it is now is a serious hindrance, or worse. */
  public static void check(Page page) {
    assertEquals(List.of(), hindrances(page));
  }

  /** What is a serious hindrance on the page as it is now, in the light and in the dark. */
  public static List<String> hindrances(Page page) {
    if (page.evaluate("!window.axe").equals(true)) {
      page.evaluate(RULES);
    }
    List<String> found = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      // In the dark only the colours are others.
      Object rules = scheme == ColorScheme.DARK ? List.of("color-contrast") : ALL;
      for (Object each : (List<?>) page.evaluate(RUN, rules)) {
        found.add(scheme + ": " + each);
      }
    }
    return found;
  }

  private static String read() {
    try (InputStream rules = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
