package chat.parley.http;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How often anyone may do something: one catalogue of token buckets, shared by all event loops of
 * the node. The numbers are such that people never meet them. Bounded: 100,000 buckets a kind, the
 * longest unused are forgotten. O(1) a request.
 */
final class Limits {
  private static final long NANOS = 1_000_000_000L;

  /** Every limit: {@code burst} at once, and all of it again evenly within {@code period}. */
  enum Limit {
    /** All requests from one address; many people may share one. */
    REQUESTS_BY_ADDRESS("requests", 4_000, Duration.ofSeconds(20)),
    /** All requests of one account. */
    REQUESTS_BY_USER("requests", 1_000, Duration.ofSeconds(20)),
    /** Messages of one account. */
    MESSAGES_BY_USER("messages", 300, Duration.ofSeconds(10)),
    /** Failed sign-ins from one address, against one password tried on many accounts. */
    LOGINS_BY_ADDRESS("logins", 50, Duration.ofMinutes(5)),
    /**
     * Failed sign-ins from one address to one account. Not of the account alone: that would lock
     * its owner out.
     */
    LOGINS_BY_NAME("logins", 10, Duration.ofMinutes(5)),
    /** New accounts from one address. */
    REGISTRATIONS_BY_ADDRESS("registrations", 300, Duration.ofHours(1)),
    /** Tokens of platforms from one address; all people of a platform may come from its server. */
    EXCHANGES_BY_ADDRESS("exchanges", 600, Duration.ofMinutes(1));

    private final String policy;
    private final int burst;
    private final Duration period;

    Limit(String policy, int burst, Duration period) {
      this.policy = policy;
      this.burst = burst;
      this.period = period;
    }

    int burst() {
      return burst;
    }
  }

  private final boolean on;
  private final Map<Limit, LoadingCache<String, Bucket>> buckets = new EnumMap<>(Limit.class);

  Limits(boolean on, TimeMeter clock) {
    this.on = on;
    for (Limit limit : Limit.values()) {
      buckets.put(
          limit,
          Caffeine.newBuilder()
              .maximumSize(100_000)
              .expireAfterAccess(limit.period)
              .build(key -> bucket(limit, clock)));
    }
  }

  /** Takes one token, or throws the refusal; either way the answer tells how much is left. */
  void spend(Limit limit, String key, HttpServerResponse response) {
    if (!on) {
      return;
    }
    ConsumptionProbe probe = buckets.get(limit).get(key).tryConsumeAndReturnRemaining(1);
    announce(limit, probe, response);
    if (!probe.isConsumed()) {
      throw refusal(probe);
    }
  }

  /** A sign-in: only failures cost, so that nobody is slowed down by signing in often. */
  <T> Future<T> signIn(
      String address, String name, HttpServerResponse response, Supplier<Future<T>> attempt) {
    String byAddress = ClientAddress.limitKey(address);
    String byName = byAddress + " " + name.toLowerCase(Locale.ROOT);
    spend(Limit.LOGINS_BY_NAME, byName, response);
    spend(Limit.LOGINS_BY_ADDRESS, byAddress, response);
    return attempt
        .get()
        .onSuccess(
            signedIn -> {
              giveBack(Limit.LOGINS_BY_NAME, byName);
              giveBack(Limit.LOGINS_BY_ADDRESS, byAddress);
            });
  }

  private void giveBack(Limit limit, String key) {
    if (on) {
      buckets.get(limit).get(key).addTokens(1);
    }
  }

  private static Failure refusal(ConsumptionProbe probe) {
    int seconds = seconds(probe.getNanosToWaitForRefill());
    return Problem.TOO_MANY_REQUESTS.retryAfter(seconds, "Try again in " + seconds + " s");
  }

  /**
   * draft-ietf-httpapi-ratelimit-headers; a later, narrower limit replaces the word of a wider one.
   */
  private static void announce(Limit limit, ConsumptionProbe probe, HttpServerResponse response) {
    response.putHeader(
        "RateLimit-Policy",
        "\"" + limit.policy + "\";q=" + limit.burst + ";w=" + limit.period.toSeconds());
    response.putHeader(
        "RateLimit",
        "\""
            + limit.policy
            + "\";r="
            + probe.getRemainingTokens()
            + ";t="
            + seconds(probe.getNanosToWaitForReset()));
  }

  private static int seconds(long nanos) {
    return (int) Math.max(1, (nanos + NANOS - 1) / NANOS);
  }

  private static Bucket bucket(Limit limit, TimeMeter clock) {
    return Bucket.builder()
        .withCustomTimePrecision(clock)
        .addLimit(
            bandwidth -> bandwidth.capacity(limit.burst).refillGreedy(limit.burst, limit.period))
        .build();
  }
}
