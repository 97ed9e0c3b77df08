package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonLineTest {
  @Test
  void s77_everyCharacterComesBackAndTheLineStaysOne() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      if (!Character.isSurrogate(c)) {
        all.append(c);
      }
    }
    all.append("😀");
    String line =
        new String(new JsonLine().put("all", all).put("n", 7).bytes(), StandardCharsets.UTF_8);
    assertEquals(all.toString(), new JsonObject(line).getString("all"));
    assertEquals(line.length() - 1, line.indexOf('\n'));
    assertTrue(
        line.substring(0, line.length() - 1)
            .codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || c == 0x2028
                        || c == 0x2029));
  }

  @Test
  void nothingIsSaidOfNull_andTimesHaveThreeDecimals() {
    JsonLine line = new JsonLine().put("user", null).millis("ms", 1_002_003).millis("s", 999);
    assertEquals("{\"ms\":1.002,\"s\":0.000}\n", new String(line.bytes(), StandardCharsets.UTF_8));
  }
}
