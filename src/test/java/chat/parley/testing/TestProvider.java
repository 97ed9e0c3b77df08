package chat.parley.testing;

import chat.parley.auth.OidcOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A provider of OpenID Connect that keeps the rules (one use of a code, PKCE, the client's secret)
 * unless a test tells it to break one; over real HTTP. Its login page is {@link #allow}.
 */
public final class TestProvider {
  public static final String CLIENT = "parley & friends";
  private static final String SECRET = "a secret: with signs%";

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final Map<String, JsonObject> people = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger keyReads = new AtomicInteger();
  private volatile String keyId = "first";
  private volatile KeyPair rsa = rsaPair();
  private final KeyPair ec = ecPair();
  private volatile UnaryOperator<JsonObject> claims;
  private volatile Function<JsonObject, String> signer;
  private volatile Consumer<HttpServerRequest> tokenAnswer;
  private HttpServer server;

  /** Listening; it behaves. */
  public static TestProvider start() {
    TestProvider provider = new TestProvider();
    provider.behave();
    provider.server =
        Await.get(
            provider
                .vertx
                .createHttpServer()
                .requestHandler(provider::answer)
                .listen(0, "127.0.0.1"));
    return provider;
  }

  public void close() {
    Await.get(vertx.close());
  }

  /** Keeps all rules from now on. */
  public void behave() {
    claims = own -> own;
    signer = this::signedByRsa;
    tokenAnswer = null;
  }

  public OidcOptions options() {
    return new OidcOptions(
        issuer(), CLIENT, SECRET, "Test login", List.of("openid", "profile", "email"), true);
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Says something else of people from now on. */
  public void claim(UnaryOperator<JsonObject> changed) {
    claims = changed;
  }

  /** Signs differently from now on. */
  public void sign(Function<JsonObject, String> different) {
    signer = different;
  }

  /** Answers at the token endpoint by this from now on. */
  public void answerTokens(Consumer<HttpServerRequest> answer) {
    tokenAnswer = answer;
  }

  /** Signs by a new key, with another id, from now on. */
  public void rotate() {
    rsa = rsaPair();
    keyId = UUID.randomUUID().toString();
  }

  /** How often its keys were read. */
  public int keyReads() {
    return keyReads.get();
  }

  /**
   * The login page: somebody with these claims ({@code sub} among them) allows what the browser was
   * sent here for. Returns where the browser is sent back to.
   */
  public String allow(String location, JsonObject person) {
    Map<String, String> asked = Query.of(location);
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    people.put(code, person);
    return asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
  }

  /** How often it was asked for anything. */
  public int asked() {
    return asked.get();
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    switch (request.path()) {
      case "/.well-known/openid-configuration" -> json(request, 200, discovery());
      case "/keys" -> {
        keyReads.incrementAndGet();
        json(request, 200, keys());
      }
      case "/token" -> request.body().onSuccess(form -> token(request, form));
      default -> request.response().setStatusCode(404).end();
    }
  }

  private JsonObject discovery() {
    return new JsonObject()
        .put("issuer", issuer())
        .put("authorization_endpoint", issuer() + "/authorize?tenant=one")
        .put("token_endpoint", issuer() + "/token")
        .put("jwks_uri", issuer() + "/keys")
        .put("id_token_signing_alg_values_supported", List.of("RS256", "ES256", "none", "HS256"));
  }

  private JsonObject keys() {
    RSAPublicKey key = (RSAPublicKey) rsa.getPublic();
    JsonObject first =
        new JsonObject()
            .put("kty", "RSA")
            .put("use", "sig")
            .put("kid", keyId)
            .put("n", text(key.getModulus()))
            .put("e", text(key.getPublicExponent()));
    ECPublicKey point = (ECPublicKey) ec.getPublic();
    JsonObject second =
        new JsonObject()
            .put("kty", "EC")
            .put("crv", "P-256")
            .put("alg", "ES256")
            .put("kid", "curve")
            .put("x", text(sized(point.getW().getAffineX())))
            .put("y", text(sized(point.getW().getAffineY())));
    JsonObject odd = new JsonObject().put("kty", "oct").put("kid", "odd").put("k", "AAAA");
    return new JsonObject().put("keys", new JsonArray().add(odd).add(first).add(second));
  }

  private void token(HttpServerRequest request, Buffer form) {
    if (tokenAnswer != null) {
      tokenAnswer.accept(request);
      return;
    }
    Map<String, String> given = Query.of("?" + form);
    Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
    boolean right =
        asked != null
            && isClient(request)
            && asked.get("redirect_uri").equals(given.get("redirect_uri"))
            && asked.get("code_challenge_method").equals("S256")
            && asked.get("code_challenge").equals(hash(given.get("code_verifier")));
    if (right) {
      json(request, 200, tokens(asked, people.remove(given.get("code"))));
    } else {
      json(request, 400, new JsonObject().put("error", "invalid_grant"));
    }
  }

  private JsonObject tokens(Map<String, String> asked, JsonObject person) {
    long now = Instant.now().getEpochSecond();
    JsonObject all =
        new JsonObject()
            .put("iss", issuer())
            .put("aud", CLIENT)
            .put("iat", now)
            .put("exp", now + 300)
            .put("nonce", asked.get("nonce"))
            .mergeIn(person);
    return new JsonObject()
        .put("access_token", "opaque")
        .put("token_type", "Bearer")
        .put("id_token", signer.apply(claims.apply(all)));
  }

  private static boolean isClient(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    String pair =
        header == null
            ? ""
            : new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    String[] parts = pair.split(":");
    return parts.length == 2
        && Query.decoded(parts[0]).equals(CLIENT)
        && Query.decoded(parts[1]).equals(SECRET);
  }

  /** As it should be. */
  public String signedByRsa(JsonObject body) {
    return signed(header("RS256", keyId), body, "SHA256withRSA", rsa.getPrivate());
  }

  public String signedByEc(JsonObject body) {
    return signed(header("ES256", "curve"), body, "SHA256withECDSAinP1363Format", ec.getPrivate());
  }

  /** With a key of nobody, under the name of ours. */
  public String signedByAnother(JsonObject body) {
    return signed(header("RS256", keyId), body, "SHA256withRSA", rsaPair().getPrivate());
  }

  public static String unsigned(JsonObject body) {
    return text(header("none", null)) + "." + text(body) + ".";
  }

  public static JsonObject header(String algorithm, String id) {
    JsonObject header = new JsonObject().put("alg", algorithm);
    return id == null ? header : header.put("kid", id);
  }

  public String keyId() {
    return keyId;
  }

  /** What a public key is, as bytes that a forger would use for a shared secret. */
  public byte[] publicKey() {
    return rsa.getPublic().getEncoded();
  }

  public static String signed(
      JsonObject header, JsonObject body, String algorithm, PrivateKey key) {
    String text = text(header) + "." + text(body);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + text(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String text(JsonObject json) {
    return text(json.encode().getBytes(StandardCharsets.UTF_8));
  }

  public static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return text(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static byte[] sized(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] sized = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, sized, 32 - length, length);
    return sized;
  }

  private static String hash(String verifier) {
    try {
      return text(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsaPair() {
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
      pairs.initialize(2048);
      return pairs.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ecPair() {
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
      pairs.initialize(new ECGenParameterSpec("secp256r1"));
      return pairs.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }
}
