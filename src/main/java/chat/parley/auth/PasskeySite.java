package chat.parley.auth;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * For which site passkeys are made. Browsers keep them by the site's name and give them to nobody
 * else, and only to pages that nobody can have tampered with: those of https, and of this very
 * machine as {@code localhost}. An IP address is no name.
 */
final class PasskeySite {
  private static final String LOCALHOST = "localhost";
  private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9.-]+");
  private static final Pattern LOCAL = Pattern.compile("https?://localhost(:[0-9]{1,5})?");

  private final String publicUrl;

  /** {@code publicUrl} may be empty: then there is only {@code localhost}, at whatever port. */
  PasskeySite(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Whether there can be passkeys at all. */
  boolean exists() {
    return publicUrl.isEmpty()
        || LOCAL.matcher(publicUrl).matches()
        || publicUrl.startsWith("https:") && NAME.matcher(id()).matches();
  }

  /** The name that passkeys are kept by. */
  String id() {
    return publicUrl.isEmpty() ? LOCALHOST : URI.create(publicUrl).getHost();
  }

  /**
   * The only origin whose pages may ask for a passkey; empty where none can.
   *
   * @param asked the origin under which this server was asked
   */
  Optional<String> origin(String asked) {
    if (!exists()) {
      return Optional.empty();
    }
    return publicUrl.isEmpty()
        ? Optional.of(asked).filter(origin -> LOCAL.matcher(origin).matches())
        : Optional.of(publicUrl);
  }
}
