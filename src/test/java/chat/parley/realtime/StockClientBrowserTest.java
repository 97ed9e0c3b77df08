package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The stock event bus client over the stock SockJS client, both as published, in a page of this
 * site that knows nothing of Parley.
 */
class StockClientBrowserTest {
  private static final Path STOCK = Path.of("src/test/resources/stock");
  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8">
      <script src="/stock/sockjs.min.js"></script>
      <script src="/stock/vertx-eventbus.js"></script>
      <script>
        const heard = [], refused = [], errors = [];
        let bus, closed = null;
        const hear = (error, message) => (error ? refused.push(error) : heard.push(message.body));
        const messages = () => heard.filter(({ type }) => type === 'message').map(({ message }) => message);
        const signIn = async (login, password) => (await fetch('/api/v1/session', {
          method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password }),
        })).json();
        const open = (url, options) => new Promise((resolve) => {
          bus = new EventBus(url, options);
          bus.onopen = () => resolve('open');
          bus.onerror = (error) => errors.push(error);
          bus.onclose = ({ code }) => { closed = code; resolve('closed'); };
        });
        const register = (address) => new Promise((resolve) => {
          bus.registerHandler(address, hear);
          bus.registerHandler(address, resolve);
        });
        const send = (address, body) => new Promise((resolve) => {
          bus.send(address, body, (error, reply) => resolve(error ?? reply.body));
        });
        const say = (room, text, clientId) => send(`room.${room}`, { type: 'message', clientId, text });
      </script>
      """;

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private final List<String> complaints = new ArrayList<>();
  private Person ann;
  private Person bob;
  private String room;
  private Page page;

  @BeforeEach
  void annOpensAPageWithTheStockClient() {
    ann = server.person("ann");
    bob = server.person("bob");
    room = bob.room("group", ann);
    // Ours are the only pages here, and their policy lets no other script run.
    page = browser.person("ann", BrowserExtension.desktop().setBypassCSP(true));
    page.onConsoleMessage(
        message -> {
          if (Set.of("warning", "error").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.route(server.url() + "/stock/**", StockClientBrowserTest::serve);
    // Written into a page that did come from here: one out of thin air may open no local socket.
    page.navigate(server.url() + "/health");
    page.setContent(PAGE);
  }

  private static void serve(Route route) {
    String name = route.request().url().replaceAll(".*/", "");
    route.fulfill(
        new Route.FulfillOptions().setContentType("text/javascript").setPath(STOCK.resolve(name)));
  }

  private void signIn() {
    page.evaluate(
        "signIn('ann', 'correct horse of ann').then(({ csrfToken }) => { window.csrf = csrfToken; })");
  }

  private void open(String query) {
    assertEquals(
        "open", page.evaluate("query => open(`/eventbus${query}`)", query), complaints::toString);
  }

  private void openWithCookie() {
    signIn();
    open("");
  }

  private void register(String address) {
    page.evaluate("register", address);
  }

  private Object say(String text) {
    return page.evaluate(
        "([room, text, id]) => say(room, text, id)",
        List.of(room, text, UUID.randomUUID().toString()));
  }

  /** What the page heard said, once it is so much. */
  private List<?> texts(int count) {
    page.waitForFunction("count => messages().length >= count", count);
    return (List<?>) page.evaluate("messages().map(({ text }) => text)");
  }

  /** After an answer to a send, whatever the server had to say before has arrived. */
  private void drain() {
    page.evaluate("room => send(`room.${room}`, { type: 'typing' })", room);
  }

  private void assertNoComplaints() {
    page.evaluate("0");
    assertEquals(List.of(), complaints);
  }

  @Test
  void cookieOpensTheStockClientWhichHearsAndSays() {
    openWithCookie();
    register("room." + room);
    Visitor bobsPage = Visitor.signedIn(browser.person("bob"), server, bob);
    bobsPage.open("Room of bob");
    bob.say(room, "over REST");
    bobsPage.say("from the page");
    assertEquals(List.of("over REST", "from the page"), texts(2));

    Map<?, ?> reply = (Map<?, ?>) say("from the stock client");
    assertEquals(Set.of("seq", "version", "sentAt"), reply.keySet());
    assertEquals(3, reply.get("seq"));
    bobsPage.sees("over REST", "from the page", "from the stock client");
    assertEquals(List.of("over REST", "from the page", "from the stock client"), texts(3));
    assertNoComplaints();
  }

  @Test
  void tokenOpensTheStockClient() {
    open("?token=" + ann.token());
    register("room." + room);
    register("user." + ann.id());
    bob.say(room, "hello token");
    assertEquals(List.of("hello token"), texts(1));
    assertNoComplaints();
  }

  @Test
  void ticketOpensTheStockClientOnce() {
    String ticket = ann.post("/auth/ticket", null).body().getString("ticket");
    open("?ticket=" + ticket);
    assertEquals(
        "closed", page.evaluate("query => open(`/eventbus${query}`)", "?ticket=" + ticket));
  }

  @Test
  void nobodyIsLetInWithoutACredential() {
    assertEquals("closed", page.evaluate("open('/eventbus')"));
  }

  @Test
  void failingSendReachesItsCallback() {
    openWithCookie();
    String foreign = bob.room("group");
    assertFailure(400, say(" "));
    assertFailure(404, page.evaluate("room => send(`room.${room}`, { type: 'typing' })", foreign));
    assertFailure(403, page.evaluate("send('auth.verify', {})"));
    page.evaluate("room => register(`room.${room}`)", foreign);
    assertFailure(404, page.evaluate("refused[0]"));
    assertNoComplaints();
  }

  private static void assertFailure(int code, Object answer) {
    Map<?, ?> failure = (Map<?, ?>) answer;
    assertEquals(Set.of("failureCode", "failureType", "message"), failure.keySet());
    assertEquals(code, failure.get("failureCode"));
    assertEquals("RECIPIENT_FAILURE", failure.get("failureType"));
    assertTrue(!((String) failure.get("message")).isBlank(), failure::toString);
  }

  @Test
  void publishIsRefused() {
    openWithCookie();
    register("room." + room);
    page.evaluate("room => bus.publish(`room.${room}`, { type: 'message', text: 'to all' })", room);
    page.waitForFunction("errors.length > 0");
    assertEquals(List.of(Map.of("type", "err", "body", "access_denied")), page.evaluate("errors"));
    drain();
    assertEquals(List.of(), texts(0));
    assertEquals(List.of(), bob.history(room));
  }

  @Test
  void unregisterStopsDelivery() {
    openWithCookie();
    page.evaluate(
        "room => new Promise((done) => bus.registerHandler(`room.${room}`, hear) || done())", room);
    // What is stored before the head is told is not live, but history.
    page.waitForFunction("heard.some(event => event.type === 'head')");
    bob.say(room, "before");
    assertEquals(List.of("before"), texts(1));
    page.evaluate("room => bus.unregisterHandler(`room.${room}`, hear)", room);
    drain();
    bob.say(room, "after");
    drain();
    assertEquals(List.of("before"), texts(1));
    assertNoComplaints();
  }

  @Test
  void removalOfTheMemberStopsDelivery() {
    openWithCookie();
    register("room." + room);
    bob.say(room, "before");
    assertEquals(List.of("before"), texts(1));
    assertEquals(204, bob.delete("/chat/rooms/" + room + "/members/" + ann.id()).status());
    bob.say(room, "after");
    assertFailure(404, say("let me in"));
    assertEquals(List.of("before"), texts(1));
    assertNoComplaints();
  }

  @Test
  void signingOutClosesAndSaysWhy() {
    openWithCookie();
    register("room." + room);
    page.evaluate(
        "fetch('/api/v1/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } })");
    page.waitForFunction("closed !== null");
    Map<?, ?> last = (Map<?, ?>) page.evaluate("errors.at(-1)");
    assertEquals("closed", last.get("body"));
    assertEquals(4001, last.get("failureCode"));
    bob.say(room, "after");
    assertEquals(List.of(), texts(0));
  }

  /** So many pings as take ten minutes at the client's own pace. */
  @Test
  void pingsAreAnsweredByNothingTheClientDoesNotKnow() {
    AtomicInteger pings = new AtomicInteger();
    page.onWebSocket(
        socket ->
            socket.onFrameSent(
                frame -> {
                  if (frame.text().contains("ping")) {
                    pings.incrementAndGet();
                  }
                }));
    signIn();
    page.evaluate("open('/eventbus', { vertxbus_ping_interval: 20 })");
    register("room." + room);
    for (int i = 0; i < 6; i++) {
      bob.say(room, "news " + i);
      int before = pings.get();
      page.waitForCondition(() -> pings.get() >= before + 20);
    }
    assertEquals(6, texts(6).size());
    assertEquals(List.of(), page.evaluate("errors"));
    assertNoComplaints();
  }

  @Test
  void textArrivesAsItWasWritten() {
    openWithCookie();
    register("room." + room);
    String[] texts = {
      "grüße, 你好, שלום, नमस्ते",
      "👩‍👩‍👧‍👦 🏳️‍🌈 😀",
      "\"quotes\" 'single' \\ back / slash \\u0041 \\\" ]} ,",
      "line\nbreak\ttab \u2028 \u2029 \u0001 \u007f \ufeff",
      "a[\"x\"]",
      "😀".repeat(2_000)
    };
    for (int i = 0; i < texts.length; i++) {
      if (i % 2 == 0) {
        bob.say(room, texts[i]);
      } else {
        say(texts[i]);
      }
    }
    assertEquals(List.of(texts), texts(texts.length));
    assertEquals(List.of(texts), bob.history(room));
    assertNoComplaints();
  }

  @Test
  void threeHundredMessagesArriveInOrder() {
    openWithCookie();
    register("room." + room);
    BusSocket socket = bob.socket();
    IntStream.range(0, 100).forEach(i -> socket.say(room, "bob " + i));
    Object replies =
        page.evaluate(
            """
            ([room, ids]) => Promise.all(ids.map((id, at) => say(room, `ann ${at}`, id)))
              .then((replies) => replies.map(({ seq }) => seq))""",
            List.of(
                room,
                IntStream.range(0, 200).mapToObj(i -> UUID.randomUUID().toString()).toList()));
    assertEquals(200, Set.copyOf((List<?>) replies).size());
    page.waitForFunction("messages().length >= 300");
    assertEquals(
        IntStream.rangeClosed(1, 300).boxed().toList(),
        page.evaluate("messages().map(({ seq }) => seq)"));
    assertEquals(bob.history(room), texts(300));
    for (String name : List.of("ann ", "bob ")) {
      assertEquals(
          IntStream.range(0, name.equals("ann ") ? 200 : 100).mapToObj(i -> name + i).toList(),
          texts(300).stream().filter(text -> ((String) text).startsWith(name)).toList());
    }
    assertNoComplaints();
  }

  @Test
  void rawSocketOfTheOwnPageOpensWithTheCookie() {
    signIn();
    Object frames =
        page.evaluate(
            """
            ([room, id]) => new Promise((resolve) => {
              const frames = [];
              const socket = new WebSocket(`ws://${location.host}/eventbus/websocket`);
              const send = (frame) => socket.send(JSON.stringify(frame));
              socket.onmessage = ({ data }) => {
                const frame = JSON.parse(data);
                if (frame.type === 'pong') resolve({ frames, extensions: socket.extensions });
                else if (frame.body?.type === 'message' || frame.address === 'r1') frames.push(frame);
                if (frames.length === 2) send({ type: 'ping', pong: true });
              };
              socket.onclose = ({ code }) => resolve(code);
              socket.onopen = () => {
                send({ type: 'register', address: `room.${room}` });
                send({ type: 'send', address: `room.${room}`, replyAddress: 'r1',
                  body: { type: 'message', clientId: id, text: 'raw "👋"' } });
              };
            })""",
            List.of(room, UUID.randomUUID().toString()));
    Map<String, Object> heard = new HashMap<>();
    Map<?, ?> outcome = (Map<?, ?>) frames;
    assertEquals("", outcome.get("extensions"));
    for (Object each : (List<?>) outcome.get("frames")) {
      Map<?, ?> frame = (Map<?, ?>) each;
      heard.put((String) frame.get("address"), frame.get("body"));
    }
    assertEquals(Set.of("seq", "version", "sentAt"), ((Map<?, ?>) heard.get("r1")).keySet());
    Map<?, ?> event = (Map<?, ?>) heard.get("room." + room);
    assertEquals("raw \"👋\"", ((Map<?, ?>) event.get("message")).get("text"));
    assertNoComplaints();
  }
}
