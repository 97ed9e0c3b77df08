package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.http.HttpDoor;
import chat.parley.testing.Await;
import chat.parley.testing.Pem;
import chat.parley.testing.RawHttp;
import chat.parley.testing.RawHttp.Reply;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that speaks https itself, with a redirect beside it. */
class TlsTrustIT {
  private static final String PUBLIC = "https://chat.example";
  private static final Duration HEAD_DEADLINE = Duration.ofSeconds(2);

  @TempDir static Path folder;
  private static Path certificate;
  private static Path key;
  private static Pem first;
  private static Pem second;
  private static TestServer server;
  private static SSLContext believing;
  private static HttpClient http;

  @BeforeAll
  static void start() throws IOException {
    certificate = folder.resolve("chat.crt");
    key = folder.resolve("chat.key");
    first = Pem.make(folder, "first", "EC");
    second = Pem.make(folder, "second", "RSA");
    first.write(certificate, key);
    believing = Pem.believing(first, second);
    http = HttpClient.newBuilder().sslContext(believing).build();
    server =
        new TestServer()
            .hung(
                plain ->
                    new HttpDoor.Options(
                            plain.host(),
                            plain.port(),
                            plain.loops(),
                            PUBLIC,
                            plain.corsOrigins(),
                            plain.trustedProxies(),
                            plain.limitsOn(),
                            plain.bodyDeadline())
                        .withHeadDeadline(HEAD_DEADLINE)
                        .with(new HttpDoor.Tls(certificate, key, -1)));
    server.beforeEach(null);
  }

  @AfterAll
  static void stop() {
    server.afterEach(null);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    return Await.get(
        io.vertx.core.Future.fromCompletionStage(
            http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())));
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  private static HttpResponse<String> post(String path, JsonObject body) {
    return send(
        to("/api/v1" + path)
            .header("Content-Type", "application/json")
            .header("Origin", PUBLIC)
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  private static JsonObject registration(String name) {
    return new JsonObject()
        .put("username", name)
        .put("displayName", name)
        .put("password", "correct horse of " + name);
  }

  private static JsonObject login(String name) {
    return new JsonObject().put("login", name).put("password", "correct horse of " + name);
  }

  @Test
  void s15_httpsIsPromisedForAYearAndBindsTheCookie() {
    HttpResponse<String> page = send(to("/"));
    assertEquals(200, page.statusCode());
    assertEquals(HttpClient.Version.HTTP_2, page.version());
    assertEquals(
        "max-age=31536000", page.headers().firstValue("strict-transport-security").orElse(""));
    assertEquals(201, post("/auth/register", registration("cookie")).statusCode());
    HttpResponse<String> session = post("/session", login("cookie"));
    assertEquals(200, session.statusCode(), session.body());
    String cookie = session.headers().firstValue("set-cookie").orElse("");
    assertTrue(cookie.startsWith("__Host-parley=") && cookie.contains("; Secure"), cookie);
  }

  @Test
  void socketsWorkOverTls() throws Exception {
    assertEquals(201, post("/auth/register", registration("socket")).statusCode());
    String token =
        new JsonObject(post("/auth/login", login("socket")).body()).getString("accessToken");
    CompletableFuture<String> heard = new CompletableFuture<>();
    URI url = URI.create("wss://localhost:" + server.port() + "/eventbus/websocket?token=" + token);
    WebSocket socket =
        http.newWebSocketBuilder().buildAsync(url, new Listener(heard)).get(10, TimeUnit.SECONDS);
    socket.sendText("{\"type\":\"nonsense\"}", true);
    assertTrue(heard.get(10, TimeUnit.SECONDS).contains("\"err\""));
    socket.abort();
  }

  private record Listener(CompletableFuture<String> heard) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.complete(text.toString());
      return null;
    }
  }

  @Test
  void plainPortSendsToThePublicUrlAndNowhereElse() {
    Map<String, String> targets =
        Map.of(
            "/a/b?c=d", "/a/b?c=d",
            "//evil.example/", "//evil.example/",
            "http://evil.example/x", "/",
            "/%0d%0aSet-Cookie:x", "/");
    targets.forEach(
        (asked, path) -> {
          Reply reply =
              RawHttp.send(
                  server.redirectPort(), "GET", asked, List.of("Host: evil.example"), new byte[0]);
          assertEquals(308, reply.status());
          assertEquals(PUBLIC + path, reply.header("location"));
          assertEquals("nosniff", reply.header("x-content-type-options"));
        });
  }

  @Test
  void s7_floodOfResetsEndsTheConnection() throws IOException {
    try (TlsLine flood = TlsLine.open(believing, server.port()).preferring("h2")) {
      assertEquals("h2", flood.application());
      flood.greet();
      try {
        for (int i = 0; i < 1_000; i++) {
          flood.askAndReset();
        }
      } catch (IOException sentAwayMeanwhile) {
        // That is what it is about.
      }
      assertTrue(flood.isSentAway());
    }
    assertEquals(200, send(to("/health")).statusCode());
  }

  @Test
  void s8_handshakeThatDoesNotComeIsCut() throws IOException {
    long began = System.nanoTime();
    try (Socket silent = RawHttp.open(server.port());
        Socket half = RawHttp.open(server.port())) {
      half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
      assertEquals(-1, silent.getInputStream().read());
      assertEquals(-1, half.getInputStream().read());
    }
    assertTrue(System.nanoTime() - began < HEAD_DEADLINE.multipliedBy(3).toNanos());
  }

  @Test
  void s8_silenceAfterTheHandshakeIsCut() throws IOException {
    try (TlsLine http1 = TlsLine.open(believing, server.port()).preferring("http/1.1");
        TlsLine http2 = TlsLine.open(believing, server.port()).preferring("h2")) {
      assertEquals("http/1.1", http1.application());
      assertEquals("h2", http2.application());
      http2.greet();
      assertTrue(http1.isSentAway());
      assertTrue(http2.isSentAway());
    }
  }

  @Test
  void s18_namesThatAreAskedForAreAllAnsweredAlike() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (TlsLine line = TlsLine.open(believing, server.port()).asking("n" + i + ".example")) {
        assertTrue(List.of("CN=first", "CN=second").contains(line.shown()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"
      })
  void weakCiphersAreRefused(String cipher) throws IOException {
    try (TlsLine line = TlsLine.open(believing, server.port()).speaking("TLSv1.2").in(cipher)) {
      assertThrows(SSLException.class, line::shown);
    }
  }

  @Test
  void tls12And13AreSpoken() throws IOException {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      try (TlsLine line = TlsLine.open(believing, server.port()).speaking(protocol)) {
        assertTrue(line.shown().startsWith("CN="));
      }
    }
  }

  @Test
  void newCertificateIsShownWithoutARestartAndABrokenOneIsNot() throws IOException {
    assertEquals("CN=first", shown());
    Files.writeString(certificate, "not a certificate");
    Files.writeString(key, "not a key");
    assertEquals("CN=first", shown());
    second.write(certificate, key);
    Await.until("the second is shown", () -> shown().equals("CN=second"));
    Files.writeString(key, first.key());
    assertEquals("CN=second", shown());
    first.write(certificate, key);
    Await.until("the first is shown again", () -> shown().equals("CN=first"));
  }

  private static String shown() {
    try (TlsLine line = TlsLine.open(believing, server.port())) {
      return line.shown();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
