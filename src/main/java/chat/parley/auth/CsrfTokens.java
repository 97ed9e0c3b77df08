package chat.parley.auth;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a write with the site's cookie must repeat: made of the session's id, so nothing is stored.
 */
final class CsrfTokens {
  private final byte[] key;

  CsrfTokens(Keys keys) {
    this.key = keys.csrf();
  }

  String of(UUID sessionId) {
    return Secrets.text(Keys.hmac(key, sessionId.toString().getBytes(StandardCharsets.US_ASCII)));
  }
}
