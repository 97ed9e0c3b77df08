package chat.parley.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the certificate that stands in the files, also when they change: new connections get the
 * new one within {@link #EVERY}, open ones stay. Files that do not fit leave the old one in use and
 * are complained of once. The content is compared, not the time of change: links to files, as
 * certbot makes them, and copies that keep their time are seen alike.
 */
final class CertificateWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Certificate certificate;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile PemKeyCertOptions shown;
  private String complaint = "";

  private CertificateWatch(Vertx vertx, Certificate certificate, PemKeyCertOptions shown) {
    this.vertx = vertx;
    this.certificate = certificate;
    this.shown = shown;
  }

  /** Fails with {@link HttpDoor.Unfit} when the files cannot be used. */
  static Future<CertificateWatch> begin(Vertx vertx, HttpDoor.Tls files) {
    Certificate certificate = new Certificate(files);
    return vertx.executeBlocking(
        () ->
            new CertificateWatch(vertx, certificate, certificate.check(vertx, certificate.read())));
  }

  PemKeyCertOptions shown() {
    return shown;
  }

  /** Once for all loops: their servers share one listening socket and what it shows. */
  void keep(HttpServer server, ServerSSLOptions options) {
    if (watched.compareAndSet(false, true)) {
      vertx.setPeriodic(EVERY.toMillis(), timer -> look(server, options));
    }
  }

  private void look(HttpServer server, ServerSSLOptions options) {
    vertx
        .executeBlocking(this::changed)
        .compose(
            found ->
                found == null
                    ? Future.succeededFuture()
                    : server
                        .updateSSLOptions(options.copy().setKeyCertOptions(found))
                        .onSuccess(done -> LOG.info("A new certificate is in use")))
        .onFailure(this::complain);
  }

  /** Null when nothing has changed. */
  private PemKeyCertOptions changed() {
    PemKeyCertOptions found = certificate.read();
    if (found.equals(shown)) {
      complaint = "";
      return null;
    }
    certificate.check(vertx, found);
    shown = found;
    complaint = "";
    return found;
  }

  private void complain(Throwable failure) {
    if (!complaint.equals(failure.getMessage())) {
      complaint = String.valueOf(failure.getMessage());
      LOG.warn("The certificate in use stays, as the new one does not fit: {}", complaint);
    }
  }
}
