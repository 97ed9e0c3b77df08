package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Person.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shop that puts Parley behind its own accounts, with one key to sign by. */
public final class Platform {
  /** How a text is signed. */
  public interface Signing {
    byte[] of(String text) throws GeneralSecurityException;
  }

  private final Person admin;
  private final String id;
  private String keyId;
  private String algorithm;
  private Signing signing;

  private Platform(Person admin, String id) {
    this.admin = admin;
    this.id = id;
  }

  /** Registered, without a key. */
  public static Platform register(Person admin, String... origins) {
    JsonObject wish =
        new JsonObject().put("name", "Shop").put("origins", new JsonArray(List.of(origins)));
    Answer made = admin.post("/admin/applications", wish);
    assertEquals(201, made.status(), made.body()::encode);
    return new Platform(admin, made.body().getString("id"));
  }

  /** The same with a secret that the server made. */
  public static Platform withSecret(Person admin, String... origins) {
    Platform platform = register(admin, origins);
    JsonObject key = platform.addKey(new JsonObject());
    assertEquals("HS256", key.getString("algorithm"));
    platform.signing = hmac("HmacSHA256", key.getString("secret").getBytes());
    return platform;
  }

  /** The same with a public key. */
  public static Platform withPublicKey(Person admin, KeyPair keys, String algorithm) {
    Platform platform = register(admin);
    platform.trust(pem(keys), keys, algorithm);
    return platform;
  }

  /** Adds the public key, written as {@code text}, and signs by its private half from now on. */
  public void trust(String text, KeyPair keys, String expected) {
    JsonObject key = addKey(new JsonObject().put("publicKey", text));
    assertEquals(expected, key.getString("algorithm"));
    signing = signature(expected, keys);
  }

  private JsonObject addKey(JsonObject wish) {
    Answer made = admin.post(path() + "/keys", wish);
    assertEquals(201, made.status(), made.body()::encode);
    keyId = made.body().getString("id");
    algorithm = made.body().getString("algorithm");
    return made.body();
  }

  public static Signing hmac(String name, byte[] secret) {
    return text -> {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      return mac.doFinal(bytes(text));
    };
  }

  public static Signing signature(String algorithm, KeyPair keys) {
    String name =
        switch (algorithm) {
          case "RS256" -> "SHA256withRSA";
          case "ES256" -> "SHA256withECDSAinP1363Format";
          default -> "Ed25519";
        };
    return text -> {
      Signature signer = Signature.getInstance(name);
      signer.initSign(keys.getPrivate());
      signer.update(bytes(text));
      return signer.sign();
    };
  }

  public static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair curve(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(name));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair edwards() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, bytes("\n")).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  public String id() {
    return id;
  }

  public String keyId() {
    return keyId;
  }

  public String path() {
    return "/admin/applications/" + id;
  }

  public JsonObject header() {
    return new JsonObject().put("typ", "JWT").put("alg", algorithm).put("kid", keyId);
  }

  /** What it says of one of its people, good for a minute. */
  public JsonObject claims(String subject) {
    long now = Instant.now().getEpochSecond();
    return new JsonObject()
        .put("iss", id)
        .put("aud", "parley")
        .put("sub", subject)
        .put("iat", now)
        .put("exp", now + 60)
        .put("jti", UUID.randomUUID().toString());
  }

  public String token(JsonObject claims) {
    return token(header(), claims);
  }

  public String token(JsonObject header, JsonObject claims) {
    return token(header.encode(), claims.encode(), signing);
  }

  public static String token(String header, String claims, Signing signing) {
    try {
      String text = encoded(bytes(header)) + "." + encoded(bytes(claims));
      return text + "." + encoded(signing.of(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
