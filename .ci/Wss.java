import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * One WebSocket for scripts: opens URL, trusting the certificate of a PEM file alone, says SAY, and ends with 0 as
 * soon as it hears a frame that holds HEAR, with 1 when it does not within ten seconds.
 *
 * <p>java .ci/Wss.java PEM URL SAY HEAR [ORIGIN]
 */
class Wss implements WebSocket.Listener {
  private final String hear;
  private final CompletableFuture<String> heard = new CompletableFuture<>();
  private final StringBuilder frame = new StringBuilder();

  private Wss(String hear) {
    this.hear = hear;
  }

  public static void main(String[] words) throws Exception {
    Wss listener = new Wss(words[3]);
    WebSocket.Builder builder =
        HttpClient.newBuilder().sslContext(trusting(Path.of(words[0]))).build().newWebSocketBuilder();
    if (words.length > 4) {
      builder.header("Origin", words[4]);
    }
    WebSocket socket =
        builder.connectTimeout(Duration.ofSeconds(10)).buildAsync(URI.create(words[1]), listener).join();
    socket.sendText(words[2], true).join();
    System.out.println(listener.heard.get(10, TimeUnit.SECONDS));
    socket.abort();
    System.exit(0);
  }

  private static SSLContext trusting(Path pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      store.setCertificateEntry("it", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    frame.append(text);
    if (last) {
      if (frame.indexOf(hear) >= 0) {
        heard.complete(frame.toString());
      }
      frame.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    heard.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    heard.completeExceptionally(failure);
  }
}
