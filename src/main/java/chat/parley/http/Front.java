package chat.parley.http;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How the port speaks, and what it takes at most: plain http/1.1, or TLS with http/2 for those who
 * ask for it. Clear-text http/2 is off. Sockets come by http/1.1.
 */
final class Front {
  /** Longer than a socket may go without a ping, so that a silent one is told why it is closed. */
  private static final int IDLE_SECONDS = 45;

  private static final int SOCKET_FRAME = 64 * 1024;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int STREAMS = 100;

  /** More than a page that reloads in haste, far less than a flood. */
  private static final int RESETS = 200;

  private static final int RESETS_SECONDS = 30;

  private Front() {}

  /** {@code certificate} is null for plain http. */
  static HttpServerOptions options(HttpDoor.Options options, CertificateWatch certificate) {
    HttpServerOptions front =
        new HttpServerOptions()
            .setHost(options.host())
            // A negative port is a free one that all instances share.
            .setPort(options.port() == 0 ? -1 : options.port())
            .setAcceptBacklog(4096)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxHeaderSize(HEADER_BYTES)
            // Of a body, as it comes: files come in fewer, larger parts.
            .setMaxChunkSize(CHUNK_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setDecompressionSupported(false)
            // Deflate costs 90 KiB a socket and is on by default.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setMaxWebSocketFrameSize(SOCKET_FRAME)
            .setMaxWebSocketMessageSize(SOCKET_FRAME);
    return certificate == null ? front : secure(front, options, certificate);
  }

  private static HttpServerOptions secure(
      HttpServerOptions front, HttpDoor.Options options, CertificateWatch certificate) {
    front
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(certificate.shown())
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setSslHandshakeTimeout(options.headDeadline().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    // One certificate whatever name is asked for: no context a name, nothing that names could fill.
    front.setSni(false);
    Ciphers.SUITES.forEach(front::addEnabledCipherSuite);
    return front
        .setInitialSettings(
            new Http2Settings().setMaxConcurrentStreams(STREAMS).setMaxHeaderListSize(HEADER_BYTES))
        .setHttp2RstFloodMaxRstFramePerWindow(RESETS)
        .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
  }
}
