package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Person;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that we did not issue, or not for this. */
class TokenTrustIT {
  @RegisterExtension static final Target target = new Target();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static int asBearer(String token) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(target.at("/api/v1/auth/me"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String signed(String algorithm, String header, String payload, String key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      String signed = base64(header) + "." + payload;
      return signed
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> s30_forgedTokensAreRefused() {
    String[] parts = target.person("ann").token().split("\\.");
    JsonObject header = new JsonObject(text(parts[0]));
    JsonObject claims = new JsonObject(text(parts[1]));
    Map<String, JsonObject> headers =
        Map.ofEntries(
            Map.entry("alg none", header.copy().put("alg", "none")),
            Map.entry("alg NoNe", header.copy().put("alg", "NoNe")),
            Map.entry("alg RS256", header.copy().put("alg", "RS256")),
            Map.entry("alg HS512", header.copy().put("alg", "HS512")),
            Map.entry("kid ../../dev/null", header.copy().put("kid", "../../../dev/null")),
            Map.entry("kid with SQL", header.copy().put("kid", "' or 1=1 --")),
            Map.entry("jku", header.copy().put("jku", "https://evil.example/jwks")),
            Map.entry("x5u", header.copy().put("x5u", "https://evil.example/cert")),
            Map.entry(
                "jwk", header.copy().put("jwk", new JsonObject().put("kty", "oct").put("k", "AA"))),
            Map.entry("crit", header.copy().put("crit", List.of("exp")).put("exp", 1)));
    Stream<DynamicTest> otherHeaders =
        headers.entrySet().stream()
            .flatMap(
                each ->
                    Stream.of("", parts[2])
                        .map(
                            signature ->
                                refused(
                                    each.getKey() + (signature.isEmpty() ? ", unsigned" : ""),
                                    base64(each.getValue().encode())
                                        + "."
                                        + parts[1]
                                        + "."
                                        + signature)));
    Stream<DynamicTest> others =
        Stream.of(
            refused("no signature", parts[0] + "." + parts[1] + "."),
            refused("two parts", parts[0] + "." + parts[1]),
            refused("four parts", String.join(".", parts) + ".x"),
            refused("padded", String.join(".", parts) + "="),
            refused("empty key", signed("HmacSHA256", header.encode(), parts[1], "\0")),
            refused("key secret", signed("HmacSHA256", header.encode(), parts[1], "secret")),
            refused(
                "HS512",
                signed(
                    "HmacSHA512", header.copy().put("alg", "HS512").encode(), parts[1], "secret")),
            refused(
                "another user",
                parts[0]
                    + "."
                    + base64(claims.copy().put("role", "admin").encode())
                    + "."
                    + parts[2]),
            refused(
                "a later end",
                parts[0]
                    + "."
                    + base64(claims.copy().put("exp", claims.getLong("exp") + 60).encode())
                    + "."
                    + parts[2]),
            refused("no end", parts[0] + "." + base64(without(claims, "exp")) + "." + parts[2]),
            refused(
                "an end in words",
                parts[0]
                    + "."
                    + base64(claims.copy().put("exp", "tomorrow").encode())
                    + "."
                    + parts[2]),
            refused("ten thousand characters", "a".repeat(6_000)));
    return Stream.concat(otherHeaders, others);
  }

  private static String without(JsonObject claims, String name) {
    JsonObject rest = claims.copy();
    rest.remove(name);
    return rest.encode();
  }

  private static DynamicTest refused(String what, String token) {
    return DynamicTest.dynamicTest(what, () -> assertEquals(401, asBearer(token)));
  }

  @Test
  void s31_tokensOfAnotherPurposeAreRefused() {
    Person ann = target.person("ann");
    assertEquals(200, asBearer(ann.token()));
    assertEquals(401, asBearer(ann.refreshToken()));
    assertEquals(401, asBearer(ann.post("/auth/ticket", null).body().getString("ticket")));
    assertEquals(
        401,
        ann.post(
                "/auth/refresh",
                new JsonObject().put("refreshToken", ann.token().substring(0, 150)))
            .status());
  }
}
