package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownPathTest {
  @ParameterizedTest
  @CsvSource({
    "/api/v1/auth/me?token=abc, /api/v1/auth/me",
    "/eventbus/websocket?ticket=abc, /eventbus/websocket",
    "/api/v1/auth/password-reset-confirm, /api/v1/auth/password-reset-confirm",
    "/ws/chat/01920000-0000-7000-8000-00000000000a, /ws/chat/01920000-0000-7000-8000-00000000000a",
    "/js/vendor/preact-signals-10.2.module.js, /js/vendor/preact-signals-10.2.module.js",
    "/api/v1/chat/%69nvites/AbC0123456789-_AbC0123456, /api/v1/chat/%69nvites/{hidden}",
    "/x/AbC0123456789-_AbC0123456/accept/, /x/{hidden}/accept/",
    "AbC0123456789-_AbC0123456, {hidden}",
    "*, *"
  })
  void queriesAndWhatMayBeASecretAreNotShown(String uri, String shown) {
    assertEquals(shown, ShownPath.of(uri));
  }

  @ParameterizedTest
  @CsvSource({"/a, 2", "/, 1"})
  void endlessPathIsCut(String segment, int length) {
    assertEquals(513, ShownPath.of(segment.repeat(4000 / length)).length());
  }
}
