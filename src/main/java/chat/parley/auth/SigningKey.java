package chat.parley.auth;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;

/**
 * One key for access tokens, with the only header its tokens may have. Comparing headers as text
 * refuses every foreign algorithm, type, key id and extension ({@code crit}, {@code jku}, {@code
 * jwk}, {@code x5u}) before anything is parsed.
 */
final class SigningKey {
  private final String header;
  private final byte[] key;
  private final JWTAuth verifier;

  private SigningKey(String header, byte[] key, JWTAuth verifier) {
    this.header = header;
    this.key = key;
    this.verifier = verifier;
  }

  static SigningKey of(Vertx vertx, String keyId, byte[] key) {
    JsonObject header = new JsonObject().put("typ", "at+jwt").put("alg", "HS256").put("kid", keyId);
    return new SigningKey(
        encoded(header),
        key,
        JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                // Expiry is ours to check, by our clock: the library lets a token without one pass.
                .setJWTOptions(new JWTOptions().setIgnoreExpiration(true))
                .addPubSecKey(
                    new PubSecKeyOptions()
                        .setAlgorithm("HS256")
                        .setId(keyId)
                        .setBuffer(Buffer.buffer(key)))));
  }

  /** The token's first part. */
  String header() {
    return header;
  }

  JWTAuth verifier() {
    return verifier;
  }

  /**
   * Signed here as the library signs only tokens of the type {@code JWT}, which another purpose
   * might share.
   */
  String sign(JsonObject claims) {
    String text = header + "." + encoded(claims);
    return text + "." + Secrets.text(Keys.hmac(key, text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(JsonObject json) {
    return Secrets.text(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
