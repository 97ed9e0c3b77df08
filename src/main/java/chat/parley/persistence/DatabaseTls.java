package chat.parley.persistence;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.TrustManagerFactory;

/**
 * How the way to the database is encrypted; the modes are libpq's. {@code prefer} and {@code require} encrypt without
 * asking who answers, {@code verify-ca} and {@code verify-full} check the certificate against {@code rootCertificate}
 * (a PEM file) or, where that is empty, against what the Java runtime trusts.
 */
public record DatabaseTls(SslMode mode, String rootCertificate) {
  public DatabaseTls {
    Objects.requireNonNull(mode);
    if (!rootCertificate.isEmpty() && !Files.isReadable(Path.of(rootCertificate))) {
      throw new StartFailure(
          "The setting --database-url names sslrootcert=" + rootCertificate + ", which cannot be read.");
    }
  }

  String jdbcParameters() {
    String parameters = "&sslmode=" + mode.value;
    if (!rootCertificate.isEmpty()) {
      return parameters + "&sslrootcert=" + URLEncoder.encode(rootCertificate, StandardCharsets.UTF_8);
    }
    return verifies() ? parameters + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : parameters;
  }

  ClientSSLOptions options() {
    ClientSSLOptions options = new ClientSSLOptions().setTrustAll(!verifies());
    if (verifies()) {
      options.setTrustOptions(trust());
    }
    return mode == SslMode.VERIFY_FULL ? options.setHostnameVerificationAlgorithm("HTTPS") : options;
  }

  private boolean verifies() {
    return mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
  }

  private TrustOptions trust() {
    if (!rootCertificate.isEmpty()) {
      return new PemTrustOptions().addCertPath(rootCertificate);
    }
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException e) {
      throw new StartFailure("The certificates that Java trusts cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
