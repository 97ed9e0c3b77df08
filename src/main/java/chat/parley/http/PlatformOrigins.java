package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * The origins that registered platforms list: their pages may use the API with tokens, never with
 * the cookie. An answer counts for {@link #FRESH}. Used on one event loop.
 */
final class PlatformOrigins {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int LONGEST = 300;
  private static final int MOST = 1_000;

  private final Cache<String, Future<Boolean>> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).build();
  private final Bus bus;

  PlatformOrigins(Bus bus) {
    this.bus = bus;
  }

  /** No when the database cannot say. */
  Future<Boolean> contain(String origin) {
    if (origin == null || origin.length() > LONGEST || !origin.startsWith("http")) {
      return Future.succeededFuture(false);
    }
    return known.get(
        origin,
        asked ->
            bus.ask(Addresses.APPLICATIONS_HAVE_ORIGIN, asked)
                .recover(unknown -> Future.succeededFuture(false)));
  }
}
