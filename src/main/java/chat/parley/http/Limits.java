package chat.parley.http;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Limit;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How often anyone may do something: a token bucket for each rate of the catalogue {@link Limit}
 * and each address or account, shared by all event loops of the node. Bounded: 100,000 buckets a
 * kind, the longest unused are forgotten. O(1) a request.
 */
final class Limits {
  private static final long NANOS = 1_000_000_000L;

  /** Pictures that are in memory, from their first byte to the answer. */
  final Seats uploads = new Seats(8);

  /** Files that are coming in. */
  private final Seats files = new Seats(64);

  private final Map<UUID, Integer> filesOf = new ConcurrentHashMap<>();

  /** Downloads of everything that run. */
  final Seats exports = new Seats(4);

  private final boolean on;
  private final Map<Limit, LoadingCache<String, Bucket>> buckets = new EnumMap<>(Limit.class);

  Limits(boolean on, TimeMeter clock) {
    this.on = on;
    Arrays.stream(Limit.values())
        .filter(Limit::isRate)
        .forEach(limit -> buckets.put(limit, buckets(limit, clock)));
  }

  private static LoadingCache<String, Bucket> buckets(Limit limit, TimeMeter clock) {
    return Caffeine.newBuilder()
        .maximumSize(100_000)
        .expireAfterAccess(limit.period())
        .build(key -> bucket(limit, clock));
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
    return guess(
        Limit.LOGINS_BY_NAME,
        byName,
        response,
        () -> guess(Limit.LOGINS_BY_ADDRESS, byAddress, response, attempt));
  }

  /** Only failures cost: whatever proves something that could be guessed. */
  <T> Future<T> guess(
      Limit limit, String key, HttpServerResponse response, Supplier<Future<T>> attempt) {
    spend(limit, key, response);
    return attempt
        .get()
        .onComplete(
            done -> {
              if (done.succeeded() || isHalfDone(done.cause())) {
                giveBack(limit, key);
              }
            });
  }

  /** The password was right, and nothing else was guessed yet. */
  private static boolean isHalfDone(Throwable cause) {
    return cause instanceof Failure failure && failure.problem() == Problem.SECOND_FACTOR_REQUIRED;
  }

  private void giveBack(Limit limit, String key) {
    if (on) {
      buckets.get(limit).get(key).addTokens(1);
    }
  }

  /** A place for a file that is coming in, also with limits off; to be left once. */
  Runnable takeForFile(UUID userId) {
    int most = Limit.FILES_AT_ONCE_BY_USER.most();
    if (filesOf.merge(userId, 1, Integer::sum) > most) {
      leaveForFile(userId);
      throw Problem.TOO_MANY_REQUESTS.retryAfter(2, "At most " + most + " files at a time");
    }
    try {
      Runnable leave = files.take();
      return () -> {
        leave.run();
        leaveForFile(userId);
      };
    } catch (Failure full) {
      leaveForFile(userId);
      throw full;
    }
  }

  private void leaveForFile(UUID userId) {
    filesOf.computeIfPresent(userId, (id, taken) -> taken == 1 ? null : taken - 1);
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
        "\"" + limit.policy() + "\";q=" + limit.most() + ";w=" + limit.period().toSeconds());
    response.putHeader(
        "RateLimit",
        "\""
            + limit.policy()
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
            bandwidth ->
                bandwidth.capacity(limit.most()).refillGreedy(limit.most(), limit.period()))
        .build();
  }
}
