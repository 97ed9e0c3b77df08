package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Problem;
import chat.parley.model.RoomBatch;
import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import chat.parley.testing.Scrape;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server says of itself is so, and only those read it who may. */
class MetricsIT {
  private static final String TOKEN = "a token of thirty characters..";

  @RegisterExtension final TestServer server = new TestServer().withLinkPreviews();

  private RawHttp.Reply ask(String... headers) {
    return RawHttp.send(server.port(), "GET", "/metrics", List.of(headers), new byte[0]);
  }

  @Test
  void everySendAndDeliveryIsCountedOnce() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    List<BusSocket> sockets = List.of(ann.socket(), ann.socket(), bob.socket());
    sockets.forEach(socket -> socket.registerRoom(room));
    Scrape before = Scrape.of(server);
    assertEquals(3, before.value("parley_sockets{transport=\"raw\"}"));

    List<Future<JsonObject>> acks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      acks.add(sockets.get(i % 3).say(room, "message " + i));
    }
    acks.forEach(ack -> assertEquals("rec", Await.get(ack).getString("type")));
    Scrape after = Scrape.of(server);
    assertEquals(40, after.since(before, "parley_sends_stored_total"));
    assertEquals(40, after.since(before, "parley_ack_seconds_count"));
    assertEquals(40, after.since(before, "parley_ack_seconds_bucket{le=\"+Inf\"}"));
    assertEquals(40, after.since(before, "parley_commit_rows_sum"));
    assertEquals(
        after.since(before, "parley_commit_rows_count"),
        after.since(before, "parley_commit_seconds_count"));
    assertEquals(0, after.value("parley_writer_waiting_rows"));
    assertEquals(0, after.value("parley_writer_waiting_bytes"));
    Await.until(
        "every delivery is counted",
        () -> Scrape.of(server).since(before, "parley_deliveries_total") == 120);
    Scrape end = Scrape.of(server);
    long commits = end.since(before, "parley_commit_rows_count");
    long measured = end.since(before, "parley_delivery_seconds_count");
    assertTrue(measured >= commits && measured <= 2 * commits, measured + " of " + commits);
    assertTrue(end.since(before, "parley_sent_bytes_total") > 120 * "message 1".length());
  }

  @Test
  void repetitionsAndRefusalsAreToldApart() {
    Person ann = server.person("ann");
    Person eve = server.person("eve");
    String room = ann.room("group");
    String path = "/chat/rooms/" + room + "/messages";
    JsonObject wish =
        new JsonObject().put("clientId", UUID.randomUUID().toString()).put("text", "once");
    Scrape before = Scrape.of(server);
    for (int i = 0; i < 3; i++) {
      ann.post(path, wish);
    }
    ann.post(path, wish.copy().put("text", "twice"));
    eve.post(path, wish);
    BusSocket socket = eve.socket();
    assertEquals("err", Await.get(socket.say(room, "let me in")).getString("type"));
    Scrape after = Scrape.of(server);
    assertEquals(1, after.since(before, "parley_sends_stored_total"));
    assertEquals(2, after.since(before, "parley_sends_repeated_total{found=\"stored\"}"));
    assertEquals(1, after.since(before, refused("sends", Problem.ID_REUSED)));
    assertEquals(2, after.since(before, refused("sends", Problem.NOT_FOUND)));
    assertEquals(1, after.since(before, refused("frames", Problem.NOT_FOUND)));
    assertEquals(3, after.since(before, http("postMessage", "2xx")));
    assertEquals(2, after.since(before, http("postMessage", "4xx")));
  }

  private static String refused(String what, Problem problem) {
    return "parley_" + what + "_refused_total{problem=\"" + problem.slug() + "\"}";
  }

  private static String http(String operation, String status) {
    return "parley_http_seconds_count{operation=\"" + operation + "\",status=\"" + status + "\"}";
  }

  @Test
  void whatTheBusLosesIsCountedAsAGapAndAsFilled() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    Scrape before = Scrape.of(server);
    AtomicInteger lost = new AtomicInteger();
    Handler<DeliveryContext<Object>> deaf =
        delivery -> {
          if (!delivery.message().address().equals("room." + room)) {
            delivery.next();
          } else if (delivery.body() instanceof RoomBatch) {
            lost.incrementAndGet();
          }
        };
    server.vertx().eventBus().addInboundInterceptor(deaf);
    ann.say(room, "lost on the bus");
    // The answer may be here before the bus has come to it.
    Await.until("it is lost", () -> lost.get() == 1);
    server.vertx().eventBus().removeInboundInterceptor(deaf);
    ann.say(room, "and heard");
    Await.until("both are heard", () -> socket.heard(room, "message").size() == 2);
    Await.until(
        "the gap is counted as filled",
        () -> Scrape.of(server).since(before, "parley_gaps_filled_total") == 1);
    assertEquals(1, Scrape.of(server).since(before, "parley_gaps_found_total"));
    Await.until(
        "heads are asked for",
        () -> Scrape.of(server).since(before, "parley_heads_polls_total") > 0);
  }

  @Test
  void pathsThatNobodyOffersMakeNoNewNumbers() {
    Scrape before = Scrape.of(server);
    for (int i = 0; i < 5; i++) {
      RawHttp.send(server.port(), "GET", "/made/up/" + i, List.of(), new byte[0]);
    }
    Scrape after = Scrape.of(server);
    assertEquals(5, after.since(before, http("other", "4xx")));
    assertTrue(after.values().keySet().stream().noneMatch(name -> name.contains("made")));
  }

  @Test
  void withoutATokenOnlyProgramsOnThisMachineRead() {
    assertEquals(200, ask().status());
    assertEquals(200, ask("Host: 127.0.0.1:" + server.port()).status());
    assertEquals(403, ask("X-Forwarded-For: 192.0.2.1").status());
    assertEquals(403, ask("Forwarded: for=192.0.2.1").status());
    assertEquals(403, ask("Via: 1.1 proxy").status());
    assertEquals(403, ask("Host: rebound.example").status(), "a page that had its name lead here");
  }

  @Test
  void withATokenWhoeverBringsItReads() {
    server.stop();
    server.withMetricsToken(TOKEN).start();
    assertEquals(200, ask("Authorization: Bearer " + TOKEN, "X-Forwarded-For: 192.0.2.1").status());
    RawHttp.Reply none = ask();
    assertEquals(401, none.status(), "also from this machine");
    assertNotNull(none.header("www-authenticate"));
    assertEquals(401, ask("Authorization: Bearer " + TOKEN + ".").status());
    assertEquals(401, ask("Authorization: Basic " + TOKEN).status());
  }

  /**
   * Every family with its type and sentence; the {@code _max} of a histogram goes without saying.
   */
  @Test
  void catalogueIsWhatIsServed() throws IOException {
    server.person("ann");
    assertEquals(documented(), served(Scrape.of(server).text()));
  }

  private static Map<String, String> served(String text) {
    Map<String, String> types = new TreeMap<>();
    Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$")
        .matcher(text)
        .results()
        .filter(line -> !line.group(1).endsWith("_max") || line.group(1).startsWith("jvm_"))
        .forEach(line -> types.put(line.group(1), line.group(2)));
    Map<String, String> catalogue = new TreeMap<>();
    Pattern.compile("(?m)^# HELP (\\w+) (.*?) *$")
        .matcher(text)
        .results()
        .filter(line -> types.containsKey(line.group(1)))
        .forEach(
            line -> catalogue.put(line.group(1), types.get(line.group(1)) + " | " + line.group(2)));
    return catalogue;
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> catalogue = new TreeMap<>();
    Pattern.compile("(?m)^\\| `(\\w+)` \\| (counter|gauge|histogram|summary) \\| (.*) \\|$")
        .matcher(Files.readString(Path.of("docs/operations.md")))
        .results()
        .forEach(row -> catalogue.put(row.group(1), row.group(2) + " | " + row.group(3)));
    return catalogue;
  }
}
