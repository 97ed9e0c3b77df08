package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Looks for what would keep people out: axe-core's rules for WCAG 2.1 A and AA. */
public final class Axe {
  private static final String RULES = read();

  private static final String RUN =
      """
      async () => {
        const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}, as ${nodes[0].html})`);
      }""";

  private Axe() {}

  /** Fails if something on the page as it is now is a serious hindrance, or worse. */
  public static void check(Page page) {
    page.evaluate(RULES);
    // What is fading in has no colour yet.
    page.evaluate(
        "Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().iterations === 1)"
            + ".map(one => one.finished.catch(() => {})))");
    assertEquals(List.of(), page.evaluate(RUN, Map.of()));
  }

  private static String read() {
    try (InputStream rules = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
