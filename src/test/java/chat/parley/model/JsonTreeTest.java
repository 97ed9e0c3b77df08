package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTreeTest {
  @Test
  void valuesComeAsTheyAre() throws JsonTree.Refused {
    assertEquals(
        Map.of("a", List.of(1L, 2.5, true, "é😀"), "b", Map.of()),
        read("{\"a\":[1,2.5,true,\"é\\ud83d\\ude00\"],\"b\":{}}"));
    assertEquals(9007199254740991L, read("9007199254740991"));
  }

  /** In the tables, $ stands for a backslash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"$u0000\"}           | /a",
        "{\"a\":[1,\"$ud800\"]}       | /a/1",
        "{\"a\":\"x$udc00$ud800\"}    | /a",
        "{\"a\":1e999}                | /a",
        "{\"a\":9223372036854775808}  | /a",
        "{\"a/b\":\"$u0000\"}         | /a~1b",
        "{\"a\":1,\"a\":2}            | ''",
        "{\"a$u0000\":1}              | ''",
        "{\"a\":NaN}                  | ''",
        "{\"a\":01}                   | ''",
        "{\"a\":1}{}                  | ''",
        "{\"a\":1                     | ''",
        "[1,]                         | ''",
        "''                           | ''",
      })
  void dangerousTextIsRefusedAtItsPlace(String text, String pointer) {
    JsonTree.Refused refused =
        assertThrows(JsonTree.Refused.class, () -> read(text.replace('$', '\\')));
    assertEquals(pointer, refused.pointer());
  }

  @Test
  void nestingIsBounded() throws JsonTree.Refused {
    read("[".repeat(32) + "]".repeat(32));
    assertThrows(JsonTree.Refused.class, () -> read("[".repeat(33) + "]".repeat(33)));
  }

  @Test
  void onlyPlainUtf8IsRead() {
    assertThrows(JsonTree.Refused.class, () -> read("\uFEFF{}"));
    assertThrows(
        JsonTree.Refused.class, () -> JsonTree.read("{}".getBytes(StandardCharsets.UTF_16LE)));
    assertThrows(
        JsonTree.Refused.class,
        () -> JsonTree.read(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}));
  }

  @Test
  void reasonsSayNothingOfTheParser() {
    for (String text :
        List.of(
            "{\"a\":1,\"a\":2}",
            "{a",
            "[".repeat(99),
            "1".repeat(2000),
            "{\"" + "k".repeat(300) + "\":1}")) {
      String reason = assertThrows(JsonTree.Refused.class, () -> read(text)).getMessage();
      assertEquals(
          List.of(),
          Arrays.stream(new String[] {"jackson", "Stream", "Source", "line"})
              .filter(reason::contains)
              .toList());
    }
  }

  private static Object read(String text) throws JsonTree.Refused {
    return JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
