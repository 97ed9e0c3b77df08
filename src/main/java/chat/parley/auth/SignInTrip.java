package chat.parley.auth;

import chat.parley.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * One browser's way to the provider and back. It carries this itself, sealed, so that any node may
 * take it back and none has to remember it.
 *
 * @param state what the provider hands through
 * @param verifier whose hash the provider knows (PKCE)
 * @param expiresAt in seconds since 1970
 * @param linkTo whose account gets the identity; null to sign in
 * @param linkSession the session that wished so
 */
record SignInTrip(
    String state,
    String nonce,
    String verifier,
    String redirectUri,
    long expiresAt,
    UUID linkTo,
    UUID linkSession) {
  static final int SECONDS = 600;

  /** No row: the cookie is bound to its purpose alone, by its key. */
  private static final UUID NOWHERE = new UUID(0, 0);

  static SignInTrip begin(String redirectUri, Instant now, UUID linkTo, UUID linkSession) {
    return new SignInTrip(
        Secrets.next(),
        Secrets.next(),
        Secrets.next(),
        redirectUri,
        now.getEpochSecond() + SECONDS,
        linkTo,
        linkSession);
  }

  String sealed(Seal seal) {
    return Secrets.text(seal.close(NOWHERE, Json.bytes(this)));
  }

  /** Empty for what we did not seal, what is too old, and what belongs to another answer. */
  static Optional<SignInTrip> open(Seal seal, String cookie, String state, Instant now) {
    if (cookie == null || state == null || cookie.length() > 2_048) {
      return Optional.empty();
    }
    try {
      return seal.open(NOWHERE, Base64.getUrlDecoder().decode(cookie))
          .map(SignInTrip::read)
          .filter(trip -> now.getEpochSecond() < trip.expiresAt)
          .filter(trip -> trip.isFor(state));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static SignInTrip read(byte[] json) {
    try {
      return Json.read(json, SignInTrip.class);
    } catch (IOException notOurs) {
      throw new IllegalArgumentException(notOurs);
    }
  }

  private boolean isFor(String given) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** S256 of RFC 7636. */
  String challenge() {
    return Secrets.text(Secrets.hash(verifier));
  }

  @Override
  public String toString() {
    return "SignInTrip[…]";
  }
}
