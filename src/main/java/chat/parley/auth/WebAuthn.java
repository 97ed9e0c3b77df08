package chat.parley.auth;

import chat.parley.auth.Challenges.Challenge;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Factors;
import chat.parley.model.Factors.StoredPasskey;
import chat.parley.model.User;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import io.vertx.ext.auth.webauthn4j.COSEAlgorithm;
import io.vertx.ext.auth.webauthn4j.CredentialStorage;
import io.vertx.ext.auth.webauthn4j.RelyingParty;
import io.vertx.ext.auth.webauthn4j.ResidentKey;
import io.vertx.ext.auth.webauthn4j.UserVerification;
import io.vertx.ext.auth.webauthn4j.WebAuthn4J;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JCredentials;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JOptions;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The arithmetic of passkeys, done by vertx-auth-webauthn4j: discoverable ones, which ask for their
 * owner's finger or PIN and so are two factors in one. It reads stored passkeys and writes nothing:
 * what is to be stored goes with the challenge's end into one transaction of our own.
 */
final class WebAuthn {
  private static final String NO_AAGUID = new UUID(0, 0).toString();

  private final WebAuthn4J webAuthn;

  /** A checked assertion: which passkey signed, and the count it signed. */
  record Signed(byte[] credentialId, long signCount) {}

  /** A checked new passkey. */
  record Made(byte[] credentialId, byte[] publicKey, long signCount) {}

  /** Reads stored passkeys; its makers' names are account ids here. */
  private record Storage(Bus bus) implements CredentialStorage {
    @Override
    public Future<List<Authenticator>> find(String userId, String credentialId) {
      return credentialId == null
          ? bus.ask(Addresses.PASSKEYS_OF, UUID.fromString(userId))
              .map(found -> found.stream().map(WebAuthn::authenticator).toList())
          : bus.ask(Addresses.PASSKEYS_GET, decoded(credentialId))
              .map(found -> found.stream().map(WebAuthn::authenticator).toList());
    }

    @Override
    public Future<Void> storeCredential(Authenticator made) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> updateCounter(Authenticator used) {
      return Future.succeededFuture();
    }
  }

  /** Takes a quarter of a second the first time: for a worker thread. */
  WebAuthn(Bus bus, String siteId) {
    WebAuthn4JOptions options =
        new WebAuthn4JOptions()
            .setRelyingParty(new RelyingParty().setId(siteId).setName("Parley"))
            .setResidentKey(ResidentKey.REQUIRED)
            .setUserVerification(UserVerification.REQUIRED)
            .setUserPresenceRequired(true)
            .addPubKeyCredParam(COSEAlgorithm.EdDSA)
            .setTimeoutInMilliseconds(Challenges.LIFE.toMillis())
            .setExtensions(new JsonObject());
    webAuthn = WebAuthn4J.create(bus.vertx(), options).credentialStorage(new Storage(bus));
  }

  /** What a browser is to make a passkey from; none on a device that holds one already. */
  Future<Map<String, Object>> makingOptions(User user, Challenge challenge) {
    JsonObject asked =
        new JsonObject().put("name", user.id().toString()).put("displayName", user.displayName());
    return webAuthn
        .createCredentialsOptions(asked)
        .map(
            options -> {
              options
                  .put("challenge", challenge.text())
                  .getJsonObject("user")
                  .put("id", Secrets.text(handle(user.id())))
                  .put("name", user.username());
              return plain(options);
            });
  }

  /** What a browser is to have signed, by whichever passkey its user chooses. */
  Future<Map<String, Object>> signingOptions(Challenge challenge) {
    return webAuthn
        .getCredentialsOptions(null)
        .map(options -> plain(options.put("challenge", challenge.text())));
  }

  /** Down to the last array in clothes that everybody knows, not only Vert.x. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(JsonObject options) {
    return options.mapTo(Map.class);
  }

  /** Fails when this was not made here, now and for this. */
  Future<Made> made(Factors.Signed made, Challenge challenge, String origin, UUID userId) {
    return authenticate(made, challenge, origin, "webauthn.create", userId.toString())
        .map(
            passkey ->
                new Made(
                    decoded(passkey.getCredID()),
                    decoded(passkey.getPublicKey()),
                    passkey.getCounter()));
  }

  /** Fails when this was not signed here, now, by a passkey we know, with a count that rises. */
  Future<Signed> signed(Factors.Signed signed, Challenge challenge, String origin) {
    return authenticate(signed, challenge, origin, "webauthn.get", null)
        .map(
            passkey -> {
              requireHandle(new JsonObject(signed.credential()), passkey.getUsername());
              return new Signed(decoded(passkey.getCredID()), passkey.getCounter());
            });
  }

  private Future<Authenticator> authenticate(
      Factors.Signed answer, Challenge challenge, String origin, String type, String userId) {
    return Future.succeededFuture(new JsonObject(answer.credential()))
        .compose(
            credential -> {
              requireType(credential, type);
              return webAuthn.authenticate(
                  new WebAuthn4JCredentials()
                      .setWebauthn(credential)
                      .setChallenge(challenge.text())
                      .setOrigin(origin)
                      .setUsername(userId));
            })
        .map(proved -> new Authenticator(proved.principal()));
  }

  /** An assertion is no new passkey and the other way round; the library does what is asked. */
  private static void requireType(JsonObject credential, String type) {
    byte[] said = decoded(credential.getJsonObject("response").getString("clientDataJSON"));
    if (!type.equals(new JsonObject(Buffer.buffer(said)).getString("type"))) {
      throw new IllegalArgumentException("not of the type " + type);
    }
  }

  /** A passkey says whose it believes to be. */
  private static void requireHandle(JsonObject credential, String userId) {
    String handle = credential.getJsonObject("response").getString("userHandle");
    if (handle != null && !handle.equals(Secrets.text(handle(UUID.fromString(userId))))) {
      throw new IllegalArgumentException("of another account");
    }
  }

  private static Authenticator authenticator(StoredPasskey passkey) {
    return new Authenticator()
        .setUsername(passkey.userId().toString())
        .setCredID(Secrets.text(passkey.credentialId()))
        .setPublicKey(Secrets.text(passkey.publicKey()))
        .setCounter(passkey.signCount())
        .setAaguid(NO_AAGUID);
  }

  /** How a passkey is told whose it is: nothing but the account's id. */
  private static byte[] handle(UUID userId) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(userId.getMostSignificantBits())
        .putLong(userId.getLeastSignificantBits())
        .array();
  }

  private static byte[] decoded(String base64Url) {
    return Base64.getUrlDecoder().decode(base64Url);
  }
}
