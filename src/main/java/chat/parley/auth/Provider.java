package chat.parley.auth;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider of OpenID Connect: found when it is first needed, asked again every hour, and what
 * it said last counts while it cannot be reached. Its keys are read again when a token names one
 * that is not known, at most every ten seconds. Used on one event loop.
 */
final class Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** No provider has nearly as many; each costs a look when a token names none. */
  private static final int MOST_KEYS = 50;

  /** What was said, and when. */
  private static final class Said<T> {
    private T value;
    private Instant readAt = Instant.MIN;
    private Future<T> asking;
  }

  private final OidcOptions options;
  private final ProviderCalls calls;
  private final Clock clock;
  private final Said<ProviderConfig> config = new Said<>();
  private final Said<Map<String, PublicKeys.Parsed>> keys = new Said<>();

  /** When the keys were last read because one was missing. */
  private Instant missedAt = Instant.MIN;

  Provider(OidcOptions options, ProviderCalls calls, Clock clock) {
    this.options = options;
    this.calls = calls;
    this.clock = clock;
  }

  OidcOptions options() {
    return options;
  }

  /** Fails with UNAVAILABLE as long as it was never heard. */
  Future<ProviderConfig> config() {
    return isFresh(config) ? Future.succeededFuture(config.value) : read(config, this::discover);
  }

  private Future<ProviderConfig> discover() {
    return calls
        .get(ProviderConfig.address(options.issuer()))
        .map(answer -> ProviderConfig.of(options.issuer(), requireOk(answer)));
  }

  /** The keys by their ids, among them this one, if the provider has it. */
  Future<Map<String, PublicKeys.Parsed>> keys(ProviderConfig from, String keyId) {
    boolean missing = keyId != null && keys.value != null && !keys.value.containsKey(keyId);
    boolean again = missing && missedAt.plus(PAUSE).isBefore(clock.instant());
    if (again) {
      missedAt = clock.instant();
    }
    return isFresh(keys) && !again
        ? Future.succeededFuture(keys.value)
        : read(keys, () -> calls.get(from.keys()).map(answer -> parsed(requireOk(answer))));
  }

  /** The tokens for a code that the browser has brought. */
  Future<Map<?, ?>> redeem(ProviderConfig from, String code, String redirectUri, String verifier) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", verifier);
    boolean secret = !options.clientSecret().isEmpty();
    if (!secret || from.secretInForm()) {
      form.put("client_id", options.clientId());
    }
    if (secret && from.secretInForm()) {
      form.put("client_secret", options.clientSecret());
    }
    String header = secret && !from.secretInForm() ? basic() : null;
    return calls
        .post(from.token(), header, encoded(form))
        .recover(cause -> Future.failedFuture(unavailable(cause)))
        .map(Provider::granted);
  }

  private static Map<?, ?> granted(ProviderCalls.Answer answer) {
    if (answer.status() >= 500) {
      throw unavailable(new IllegalStateException("it answers " + answer.status()));
    }
    if (answer.status() != 200) {
      LOG.info("The sign-in provider refuses a code: {}", answer.body().get("error"));
      throw Problem.BAD_CREDENTIALS.failure();
    }
    return answer.body();
  }

  /** RFC 6749 §2.3.1: both are encoded as in a form first. */
  private String basic() {
    String pair = encoded(options.clientId()) + ":" + encoded(options.clientSecret());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private boolean isFresh(Said<?> said) {
    return said.value != null && said.readAt.plus(FRESH).isAfter(clock.instant());
  }

  /** Once for all who ask meanwhile. */
  private <T> Future<T> read(Said<T> said, Supplier<Future<T>> question) {
    if (said.asking != null) {
      return said.asking;
    }
    Future<T> asking =
        Future.succeededFuture()
            .compose(now -> question.get())
            .onSuccess(value -> note(said, value))
            .recover(cause -> last(said, cause));
    said.asking = asking;
    return asking.onComplete(done -> said.asking = null);
  }

  private <T> void note(Said<T> said, T value) {
    said.value = value;
    said.readAt = clock.instant();
  }

  private static <T> Future<T> last(Said<T> said, Throwable cause) {
    Failure told = unavailable(cause);
    return said.value == null ? Future.failedFuture(told) : Future.succeededFuture(said.value);
  }

  private static Failure unavailable(Throwable cause) {
    LOG.warn("The sign-in provider cannot be used: {}", cause.toString());
    return Problem.UNAVAILABLE.retryAfter(5, "The sign-in provider cannot be reached right now");
  }

  private static Map<?, ?> requireOk(ProviderCalls.Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException("it answers " + answer.status());
    }
    return answer.body();
  }

  /** What is no public key of ours to use is passed over. */
  private static Map<String, PublicKeys.Parsed> parsed(Map<?, ?> said) {
    if (!(said.get("keys") instanceof List<?> list)) {
      throw new IllegalStateException("it says no keys");
    }
    Map<String, PublicKeys.Parsed> keys = new LinkedHashMap<>();
    list.stream()
        .limit(MOST_KEYS)
        .filter(each -> each instanceof Map<?, ?> key && !"enc".equals(key.get("use")))
        .forEach(each -> add(keys, (Map<?, ?>) each));
    return keys;
  }

  private static void add(Map<String, PublicKeys.Parsed> keys, Map<?, ?> key) {
    try {
      PublicKeys.Parsed parsed = PublicKeys.parse(new JsonObject(named(key)).encode());
      if (key.get("alg") == null || parsed.algorithm().equals(key.get("alg"))) {
        keys.put(key.get("kid") instanceof String id ? id : "", parsed);
      }
    } catch (Failure notOfOurKind) {
      LOG.debug("A key of the sign-in provider is of a kind that is not used here");
    }
  }

  private static Map<String, Object> named(Map<?, ?> key) {
    Map<String, Object> named = new LinkedHashMap<>();
    key.forEach((name, value) -> named.put((String) name, value));
    return named;
  }
}
