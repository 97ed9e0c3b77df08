package chat.parley.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A web server of its own origin that knows the web client's files alone. Its page is told where
 * the chat server is as an operator would do it: in the {@code meta} element of index.html.
 */
public final class OtherSite implements BeforeEachCallback, AfterEachCallback {
  private static final Path ROOT = Path.of("webroot").toAbsolutePath();
  private static final String HERE = "<meta name=\"parley-api\" content=\".\">";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private final Supplier<String> api;
  private volatile Supplier<String> vouching;
  private final HttpServer server;

  /** {@code api} is asked for at each visit. */
  public OtherSite(Supplier<String> api) {
    this.api = api;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
  }

  /** Its people are known to it: {@code token} is what it says of whoever looks at its page. */
  public void vouch(Supplier<String> token) {
    vouching = token;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/vouch")) {
      send(exchange, "text/plain", vouching.get().getBytes(StandardCharsets.US_ASCII));
      return;
    }
    if (path.equals("/shop.html")) {
      send(exchange, "text/html", Files.readAllBytes(Path.of("docs/embed/shop.html")));
      return;
    }
    // The shop keeps its copy in a folder, the others at the top.
    path = path.replaceFirst("^/chat/", "/");
    Path file = ROOT.resolve(path.equals("/") ? "index.html" : path.substring(1)).normalize();
    try (exchange) {
      if (!file.startsWith(ROOT) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = path.equals("/") ? page(file) : Files.readAllBytes(file);
      String ending = file.toString().replaceFirst(".*\\.", "");
      send(exchange, TYPES.getOrDefault(ending, "application/octet-stream"), body);
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] page(Path file) throws IOException {
    String there = HERE.replace("\".\"", '"' + api.get() + '"');
    if (vouching != null) {
      there += "<meta name=\"parley-vouch\" content=\"/vouch\">";
    }
    return Files.readString(file).replace(HERE, there).getBytes(StandardCharsets.UTF_8);
  }
}
