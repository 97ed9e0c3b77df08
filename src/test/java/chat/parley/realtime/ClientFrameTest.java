package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFrameTest {
  private static ClientFrame read(String json) {
    return ClientFrame.read(json).orElseThrow();
  }

  @Test
  void everyFieldIsRead() {
    ClientFrame frame =
        read(
            """
            {"type":"send","address":"room.1","replyAddress":"r","headers":{"a":[{}]},
             "body":{"type":"message","clientId":"c","text":"Grüße \\uD83D\\uDC4D","seq":7,"more":{"x":[1]}},
             "addresses":["a","b"],"pong":true,"other":[{"body":1}]}""");
    assertEquals("send", frame.type());
    assertEquals("room.1", frame.address());
    assertEquals("r", frame.replyAddress());
    assertEquals(List.of("a", "b"), frame.addresses());
    assertEquals(new ClientFrame.Body("message", "c", "Grüße 👍", 7L, null, null), frame.body());
    assertTrue(frame.wantsPong());
    assertTrue(frame.isWellFormed());
  }

  /** Passed over, it would be said to everybody in place of answering somebody. */
  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "1.5", "true", "[]", "{}", "92233720368547758080", "0"})
  void whatNamesNoMessageIsNotPassedOver(String wrong) {
    ClientFrame.Body body =
        read("{\"body\":{\"replyTo\":%s,\"threadOf\":%s,\"seq\":1}}".formatted(wrong, wrong))
            .body();
    assertEquals(new ClientFrame.Body(null, null, null, 1L, 0L, 0L), body);
    assertNull(read("{\"body\":{\"replyTo\":null}}").body().replyTo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{\"type\":\"ping\"} {}",
        "{\"type\":\"ping\"",
        "{\"type\":\"ping\",\"type\":\"send\"}",
        "{\"body\":{\"text\":\"a\",\"text\":\"b\"}}",
        "{type:\"ping\"}",
        "{\"a\":NaN}"
      })
  void whatIsNotOneObjectIsNoFrame(String json) {
    assertTrue(ClientFrame.read(json).isEmpty(), json);
  }

  @Test
  void nestingIsBounded() {
    assertTrue(ClientFrame.read("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"x\"", "[1]", "5", "true"})
  void bodyThatIsNoObjectIsNone(String body) {
    assertNull(read("{\"type\":\"send\",\"body\":" + body + ",\"address\":\"a\"}").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e3", "99999999999999999999", "\"7\"", "null", "[7]", "{}"})
  void numberThatIsNotWholeIsNone(String seq) {
    ClientFrame frame = read("{\"body\":{\"seq\":" + seq + ",\"type\":\"read\"}}");
    assertEquals(new ClientFrame.Body("read", null, null, null, null, null), frame.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[\"x\"]", "{}", "true"})
  void whatMustBeTextIsNothingElse(String value) {
    ClientFrame frame =
        read(
            "{\"type\":%s,\"address\":%s,\"body\":{\"type\":%s,\"text\":%s,\"clientId\":%s}}"
                .formatted(value, value, value, value, value));
    assertNull(frame.type());
    assertNull(frame.address());
    assertEquals(new ClientFrame.Body(null, null, null, null, null, null), frame.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"headers\":\"x\"",
        "\"headers\":[]",
        "\"replyAddress\":\"\"",
        "\"replyAddress\":7",
        "\"replyAddress\":{}"
      })
  void badHeadersAndReplyAddressesAreSeen(String field) {
    assertFalse(read("{" + field + "}").isWellFormed(), field);
    assertFalse(read("{\"replyAddress\":\"" + "r".repeat(201) + "\"}").isWellFormed());
    assertTrue(read("{\"headers\":null,\"replyAddress\":null}").isWellFormed());
  }
}
