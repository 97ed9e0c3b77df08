package chat.parley.auth;

import chat.parley.model.Accounts.LiveSession;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Access tokens exactly as the server signs them, for sessions that the bench wrote into the
 * database: thousands of logins would spend minutes on hashing passwords. They live for a day, as
 * sockets end with their tokens. In this package because signing is nobody else's business.
 */
public final class TokenMint implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final AccessTokens tokens;

  public TokenMint(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    this.tokens =
        new AccessTokens(
            new KeyRing(vertx, new Keys(bytes), Clock.systemUTC()),
            AuthVerticle.Options.defaults(bytes).withAccessLife(Duration.ofDays(1)));
  }

  public String mint(LiveSession session) {
    return tokens.issue(session);
  }

  @Override
  public void close() {
    vertx.close();
  }
}
