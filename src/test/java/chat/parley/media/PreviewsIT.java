package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.media.PreviewMeters.Outcome;
import chat.parley.testing.Await;
import chat.parley.testing.Pem;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Pictures;
import chat.parley.testing.Replica;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What links lead to is shown beside messages, and nobody leads the server where only it can go.
 * Here 127.0.0.1 stands for the public internet; everything else is what it is.
 */
class PreviewsIT {
  private static final String PAGE =
      "<html><head><title>A page</title><meta name=description content='of words'></head>";

  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** What names stand for: the answers of a name server, one a question, the last for ever. */
  private static final Map<String, Queue<String[]>> names = new ConcurrentHashMap<>();

  private static PreviewSite site;
  private static PreviewSite inside;
  private static PreviewSite secure;
  private static Pem certificate;
  private static Person ann;
  private static Person bob;
  private String room;

  /** To the site as if it were far away; everything else is judged as ever. */
  private static final class Reach extends PreviewReach {
    Reach(WorkerExecutor executor) {
      super(executor);
    }

    @Override
    Future<List<InetAddress>> resolve(String host) {
      Queue<String[]> answers = names.get(host);
      if (answers == null) {
        return super.resolve(host);
      }
      String[] answer = answers.size() > 1 ? answers.remove() : answers.element();
      return Future.succeededFuture(Arrays.stream(answer).map(PreviewsIT::address).toList());
    }

    @Override
    boolean allows(InetAddress address) {
      return address.getHostAddress().equals("127.0.0.1") || super.allows(address);
    }

    @Override
    boolean allows(int port) {
      return port == site.port() || port == secure.port() || super.allows(port);
    }

    @Override
    HttpClientOptions manner() {
      return super.manner()
          .setTrustOptions(
              new PemTrustOptions().addCertValue(Buffer.buffer(certificate.certificate())));
    }
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static void name(String host, String[]... answers) {
    names.put(host, new ArrayDeque<>(List.of(answers)));
  }

  private static String[] at(String... addresses) {
    return addresses;
  }

  @BeforeAll
  static void threeSites(@TempDir Path folder) {
    site = PreviewSite.at(server.vertx(), "127.0.0.1", 0);
    inside = PreviewSite.at(server.vertx(), "127.0.0.2", site.port());
    certificate = Pem.make(folder, "site", "EC");
    secure =
        PreviewSite.at(
            server.vertx(),
            "127.0.0.1",
            0,
            new HttpServerOptions()
                .setSsl(true)
                .setSni(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate.certificate()))
                        .setKeyValue(Buffer.buffer(certificate.key()))));
    secure.page("/", PAGE);
    Await.get(server.vertx().deployVerticle(new PreviewVerticle(meters, Reach::new)));
    ann = server.person("ann");
    bob = server.person("bob");
    name("site.example", at("127.0.0.1"));
    inside.page("/", PAGE);
    site.page("/", PAGE);
  }

  @BeforeEach
  void newRoom() {
    room = ann.room("group", bob);
    inside.asked.clear();
  }

  private static String url(String host, String path) {
    return "http://" + host + ":" + site.port() + path;
  }

  private static String url(String path) {
    return url("site.example", path);
  }

  private String at(long seq) {
    return "/chat/rooms/" + room + "/messages/" + seq;
  }

  private static double count(Outcome outcome) {
    String name = outcome.name().toLowerCase(Locale.ROOT);
    return meters.get("parley.previews").tag("outcome", name).counter().count();
  }

  /** Says it and waits until it has been looked at, with this outcome. */
  private long say(String text, Outcome outcome) {
    double before = count(outcome);
    long seq = ann.say(room, text).getLong("seq");
    Await.until(text + " is " + outcome, () -> count(outcome) > before);
    return seq;
  }

  private JsonObject message(long seq) {
    return bob.get(at(seq)).body().getJsonObject("message");
  }

  private JsonObject preview(long seq) {
    return message(seq).getJsonObject("preview");
  }

  @Test
  void whatALinkLeadsToComesAsAVersionOfItsMessage() {
    site.page(
        "/shown",
        "<head><title>T</title><meta property=og:title content='Ümläut &amp; <b>'>"
            + "<meta property=og:description content='More of it'><meta property=og:site_name content=News>");
    Replica replica = new Replica(bob, room, bob.socket());
    Await.until("bob is there", replica::settle);
    ann.say(room, "no link");
    long seq = say("look: " + url("/shown") + ", and " + url("/other"), Outcome.SHOWN);
    JsonObject message = message(seq);
    assertEquals(
        new JsonObject()
            .put("url", url("/shown"))
            .put("title", "Ümläut & <b>")
            .put("description", "More of it")
            .put("site", "News"),
        message.getJsonObject("preview"));
    assertFalse(message.containsKey("editedAt"));
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
    assertEquals(0, replica.syncs() - 1, "all was heard live");
    HttpServerRequest asked = site.asked.get(site.asked.size() - 1);
    assertEquals("site.example:" + site.port(), asked.getHeader("Host"));
    assertTrue(asked.getHeader("User-Agent").contains("ParleyPreview"));
    for (String silent : List.of("Cookie", "Referer", "Accept-Encoding", "Authorization")) {
      assertNull(asked.getHeader(silent), silent);
    }
  }

  @Test
  void s76_noAddressButAPublicOneIsAsked() {
    List<String> hosts =
        new ArrayList<>(List.of("127.0.0.2", "[::1]", "0.0.0.0", "2130706434", "127.2"));
    List<String> inner =
        List.of(
            "127.0.0.2",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.2",
            "64:ff9b::7f00:2",
            "2002:7f00:2::1",
            "ff02::1");
    for (int i = 0; i < inner.size(); i++) {
      name("inner" + i + ".example", at(inner.get(i)));
      hosts.add("inner" + i + ".example");
    }
    name("mixed.example", at("127.0.0.1", "127.0.0.2"));
    hosts.add("mixed.example");
    for (String host : hosts) {
      assertNull(preview(say(url(host, "/"), Outcome.REFUSED)), host);
    }
    say("http://site.example:22/", Outcome.REFUSED);
    say("http://user:password@site.example/", Outcome.REFUSED);
    assertEquals(0, inside.asked.size());
  }

  /** The name is what the certificate is held against, and what the site is asked for. */
  @Test
  void secureSiteIsWhoseNameItsCertificateBears() {
    name("localhost", at("127.0.0.1"));
    name("another.example", at("127.0.0.1"));
    String port = ":" + secure.port() + "/";
    assertEquals(
        "A page", preview(say("https://localhost" + port, Outcome.SHOWN)).getString("title"));
    assertEquals("localhost", secure.asked.get(0).connection().indicatedServerName());
    say("https://another.example" + port, Outcome.FAILED);
    assertEquals(1, secure.asked.size());
  }

  /** A name server that answers otherwise the second time is not asked a second time. */
  @Test
  void s76_nameThatPointsElsewhereAMomentLaterLeadsNowhereElse() {
    name("rebound.example", at("127.0.0.1"), at("127.0.0.2"));
    assertEquals(
        "A page", preview(say(url("rebound.example", "/"), Outcome.SHOWN)).getString("title"));
    site.redirect("/again", url("rebinding.example", "/"));
    name("rebinding.example", at("127.0.0.1"), at("127.0.0.2"));
    say(url("rebinding.example", "/again"), Outcome.REFUSED);
    assertEquals(0, inside.asked.size());
  }

  @Test
  void s76_redirectsAreJudgedLikeLinksAndSoonEnd() {
    List<String> targets =
        List.of(
            url("127.0.0.2", "/"),
            "http://[::1]/",
            "file:///etc/passwd",
            "//127.0.0.2:" + site.port(),
            "http://169.254.169.254/latest/meta-data/",
            "https://site.example:8443/");
    for (String target : targets) {
      site.redirect("/away", target);
      assertNull(preview(say(url("/away"), Outcome.REFUSED)), target);
    }
    site.redirect("/loop", "/loop");
    say(url("/loop"), Outcome.REFUSED);
    assertEquals(4, site.times("/loop"));
    site.redirect("/1", "/2")
        .redirect("/2", url("/3"))
        .redirect("/3", "//site.example:" + site.port());
    assertEquals(url("/1"), preview(say(url("/1"), Outcome.SHOWN)).getString("url"));
    assertEquals(0, inside.asked.size());
  }

  @Test
  void s76_endlessPageIsReadForAMebibyteAndNoFurther() {
    AtomicLong sent = new AtomicLong();
    Buffer chunk = Buffer.buffer("x".repeat(64 << 10));
    site.on(
        "/endless",
        response -> {
          PreviewSite.html(response).setChunked(true).write(PAGE + "<body>");
          pour(response, chunk, sent);
        });
    assertEquals("A page", preview(say(url("/endless"), Outcome.SHOWN)).getString("title"));
    assertTrue(sent.get() < 64 << 20, "sent " + sent);
    site.on(
        "/endless-head",
        response -> {
          PreviewSite.html(response).setChunked(true).write("<head><script>");
          pour(response, chunk, sent);
        });
    say(url("/endless-head"), Outcome.NOTHING);
  }

  private static void pour(HttpServerResponse response, Buffer chunk, AtomicLong sent) {
    if (!response.closed()) {
      sent.addAndGet(chunk.length());
      response.write(chunk).onSuccess(written -> pour(response, chunk, sent));
    }
  }

  @Test
  void s76_slowSiteIsGivenFiveSeconds() {
    site.on(
        "/slow",
        response -> {
          PreviewSite.html(response).setChunked(true);
          server.vertx().setPeriodic(1, 200, tick -> drip(response, tick));
        });
    Stopwatch watch = Stopwatch.started();
    long seq = say(url("/slow"), Outcome.LATE);
    long ms = watch.elapsed().toMillis();
    assertTrue(ms > 4_000 && ms < 7_000, ms + " ms");
    assertNull(preview(seq));
  }

  private static void drip(HttpServerResponse response, long tick) {
    if (response.closed()) {
      server.vertx().cancelTimer(tick);
    } else {
      response.write("<head><title>x</title>");
    }
  }

  @Test
  void onlyPagesThatSaySomethingAreShown() {
    Map<String, Map<String, String>> others =
        Map.of(
            "/json", Map.of("Content-Type", "application/json"),
            "/picture", Map.of("Content-Type", "image/png"),
            "/untyped", Map.of(),
            "/gzip", Map.of("Content-Type", "text/html", "Content-Encoding", "gzip"));
    others.forEach(
        (path, headers) -> {
          site.on(
              path,
              response -> {
                headers.forEach(response::putHeader);
                response.end(PAGE);
              });
          say(url(path), Outcome.NOTHING);
        });
    site.page("/silent", "<html><body><h1>words</h1>");
    say(url("/silent"), Outcome.NOTHING);
    say(url("/missing"), Outcome.NOTHING);
    name("nowhere.example", at());
    say(url("nowhere.example", "/"), Outcome.REFUSED);
    site.on("/broken", response -> response.reset());
    say(url("/broken"), Outcome.FAILED);
  }

  /** What is found in vain: the message has changed while the page was asked for. */
  @Test
  void editAndDeletionDuringTheFetchWin() {
    List<HttpServerResponse> held = new ArrayList<>();
    site.on("/held", held::add);
    List<Runnable> meanwhile =
        List.of(
            () -> ann.patch(at(1), new JsonObject().put("text", "no link any more")),
            () -> ann.delete(at(2)),
            () -> ann.delete(at(3) + "/preview"));
    for (int i = 0; i < meanwhile.size(); i++) {
      long seq = ann.say(room, url("/held")).getLong("seq");
      int nth = i + 1;
      Await.until("it is asked for", () -> held.size() == nth);
      meanwhile.get(i).run();
      double before = count(Outcome.UNWANTED);
      PreviewSite.html(held.get(i)).end(PAGE);
      Await.until("it is unwanted", () -> count(Outcome.UNWANTED) > before);
      assertNull(preview(seq));
    }
  }

  @Test
  void editToAnotherLinkShowsThatAndOneWithoutShowsNothing() {
    site.page("/new", "<title>New</title>");
    long seq = say(url("/"), Outcome.SHOWN);
    ann.patch(at(seq), new JsonObject().put("text", "again: " + url("/")));
    assertEquals("A page", preview(seq).getString("title"));
    double before = count(Outcome.SHOWN);
    Answer edited = ann.patch(at(seq), new JsonObject().put("text", url("/new")));
    assertFalse(edited.body().getJsonObject("message").containsKey("preview"));
    Await.until("the other page is looked at", () -> count(Outcome.SHOWN) > before);
    assertEquals("New", preview(seq).getString("title"));
    ann.patch(at(seq), new JsonObject().put("text", "`" + url("/new") + "`"));
    assertNull(preview(seq));
  }

  private static final String PICTURED = "<title>T</title><meta property=og:image content='%s'>";

  /** Browsers ask nobody but us, and only who sees the message sees it. */
  @Test
  void pictureIsOursAndSeenWithItsMessageAlone() {
    byte[] jpeg = Pictures.withExif(Pictures.halves("jpeg", 900, 600), 1, "a secret place");
    site.on("/i.jpg", to -> to.putHeader("Content-Type", "image/jpeg").end(Buffer.buffer(jpeg)));
    site.page("/pictured", PICTURED.formatted("i.jpg"));
    Person eve = server.person("eva");
    for (String end : List.of("removed", "edited", "deleted")) {
      long seq = say(url("/pictured"), Outcome.SHOWN);
      String path = "/media/" + preview(seq).getString("image");
      Person.Bytes picture = bob.bytes("GET", path, null);
      assertEquals(200, picture.status());
      assertEquals("image/jpeg", picture.header("Content-Type"));
      assertEquals(480, Pictures.read(picture.body()).getWidth());
      assertFalse(new String(picture.body(), StandardCharsets.ISO_8859_1).contains("secret"));
      assertEquals(404, eve.bytes("GET", path, null).status());
      Answer ended =
          switch (end) {
            case "removed" -> ann.delete(at(seq) + "/preview");
            case "edited" -> ann.patch(at(seq), new JsonObject().put("text", "nothing"));
            default -> ann.delete(at(seq));
          };
      assertEquals(200, ended.status(), end);
      assertEquals(404, bob.bytes("GET", path, null).status(), end);
      assertEquals(404, ann.bytes("GET", path, null).status(), end);
      String left = "select count(*) from media where unused_since is null";
      assertEquals("0", server.query(left), end + ": it is collected");
    }
  }

  @Test
  void s76_pictureThatMayNotBeHadLeavesTheWords() {
    inside.on("/i.png", to -> to.putHeader("Content-Type", "image/png").end("x"));
    site.on(
            "/bomb.png",
            to ->
                to.putHeader("Content-Type", "image/png")
                    .end(Buffer.buffer(Pictures.bomb(65_535, 65_535))))
        .on("/page.png", to -> to.putHeader("Content-Type", "text/html").end("x"))
        .on("/words.png", to -> to.putHeader("Content-Type", "image/png").end("<svg>"))
        .on(
            "/endless.png",
            to ->
                pour(
                    to.putHeader("Content-Type", "image/png").setChunked(true),
                    Buffer.buffer(new byte[64 << 10]),
                    new AtomicLong()));
    for (String image :
        List.of(
            url("127.0.0.2", "/i.png"),
            "http://[::1]/i.png",
            "data:image/png;base64,AA==",
            "/bomb.png",
            "/page.png",
            "/words.png",
            "/endless.png",
            "/missing.png")) {
      site.page("/pictured", PICTURED.formatted(image));
      JsonObject shown = preview(say(url("/pictured"), Outcome.SHOWN));
      assertEquals("T", shown.getString("title"), image);
      assertNull(shown.getString("image"), image);
    }
    assertEquals(0, inside.asked.size());
  }

  @Test
  void itsAuthorTakesAPreviewAwayForGood() {
    Person eve = server.person("eve");
    long seq = say(url("/"), Outcome.SHOWN);
    assertEquals(403, bob.delete(at(seq) + "/preview").status());
    assertEquals(404, eve.delete(at(seq) + "/preview").status());
    assertEquals(404, ann.delete(at(seq + 1) + "/preview").status());
    long version = message(seq).getLong("version");
    Answer removed = ann.delete(at(seq) + "/preview");
    assertEquals(200, removed.status());
    assertFalse(removed.body().getJsonObject("message").containsKey("preview"));
    assertEquals(version + 1, message(seq).getLong("version"));
    assertEquals(removed.body(), ann.delete(at(seq) + "/preview").body());
    ann.patch(at(seq), new JsonObject().put("text", "still " + url("/")));
    assertNull(preview(seq));
    long other = bob.say(room, url("/")).getLong("seq");
    Await.until("bob's is shown", () -> preview(other) != null);
    assertEquals(200, ann.delete(at(other) + "/preview").status());
    ann.delete(at(seq));
    assertEquals(409, ann.delete(at(seq) + "/preview").status());
  }
}
