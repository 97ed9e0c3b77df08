package chat.parley.http;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What clients will see of a certificate: from when until when it is valid, and for which names.
 */
public record CertificateHealth(Instant from, Instant until, Set<String> names) {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  /** Throws {@link HttpDoor.Unfit}, with words for the operator, unless it fits its key. */
  public static CertificateHealth of(Vertx vertx, HttpDoor.Tls files) {
    Certificate certificate = new Certificate(files);
    PemKeyCertOptions read = certificate.read();
    certificate.check(vertx, read);
    X509Certificate own = certificate.own(read);
    return new CertificateHealth(
        own.getNotBefore().toInstant(), own.getNotAfter().toInstant(), names(own));
  }

  private static Set<String> names(X509Certificate own) {
    try {
      Collection<List<?>> names = own.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS) || name.get(0).equals(ADDRESS))
              .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet());
    } catch (CertificateParsingException unreadable) {
      return Set.of();
    }
  }

  /** Whether a browser takes it for this host; a star stands for one label. */
  public boolean isFor(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return names.contains(name) || names.contains(name.replaceFirst("^[^.]+", "*"));
  }
}
