package chat.parley.history;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.JarProcess;
import chat.parley.testing.Ports;
import chat.parley.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on loopback over one PostgreSQL: what holds on one holds across both, also when one is
 * killed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterHistoryIT {
  private static final Workload.Size SIZE = new Workload.Size(10, 5, 60);
  private static final long SECONDS = Long.getLong("history.seconds", 6);

  /** Nodes listen there too, above their cluster ports. */
  private static final int WATCH_OFFSET = 100;

  private static final String SECRET = "one secret for both nodes, long enough";

  @TempDir static Path folder;

  private static final List<JarProcess> NODES = new ArrayList<>();

  @BeforeAll
  static void twoNodes() {
    var database = TestDatabase.fresh();
    String url = "postgresql://127.0.0.1:" + database.port() + "/" + database.database();
    List<Integer> ports = List.of(Ports.free(WATCH_OFFSET), Ports.free(WATCH_OFFSET));
    for (int port : ports) {
      NODES.add(
          JarProcess.start(
              folder.resolve("node" + port),
              Ports.free(),
              "--limits=off",
              "--secret=" + SECRET,
              "--database-url=" + url,
              "--database-user=" + database.user(),
              "--database-password=" + database.password(),
              "--cluster=127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1),
              "--cluster-bind=127.0.0.1:" + port));
    }
    long started = System.nanoTime();
    NODES.forEach(node -> node.awaitReady(started));
  }

  @AfterAll
  static void end() {
    NODES.forEach(JarProcess::close);
  }

  private static String a() {
    return NODES.get(0).url();
  }

  private static String b() {
    return NODES.get(1).url();
  }

  private static String room(Guest owner, Guest... others) {
    List<String> ids = new ArrayList<>();
    for (Guest other : others) {
      ids.add(other.id());
    }
    Object wish = Json.of("kind", "group", "name", "Across", "members", ids);
    return owner.call("POST", "/chat/rooms", wish).body().path("id").asText();
  }

  @Test
  @Order(1)
  void presenceTypingRevocationAndRemovalHoldAcrossNodes() {
    History history = new History();
    Guest ann = Guest.arrive(history, a(), "ann");
    Guest bob = Guest.arrive(history, b(), "bob");
    Guest eve = Guest.arrive(history, a(), "eve");
    String room = room(ann, bob, eve);
    bob.hear(room);
    ann.hear(room);
    bob.within(5_000, fact -> isPresence(fact, bob, ann, true));

    ann.socket.ask(room, Json.of("type", "typing"));
    bob.within(
        2_000,
        fact ->
            fact instanceof Fact.TypingHeard heard
                && heard.conn().equals(bob.socket.conn())
                && heard.by().equals(ann.id()));

    eve.hear(room);
    bob.within(5_000, fact -> isPresence(fact, bob, eve, true));
    eve.socket.close(true);
    bob.within(10_000, fact -> isPresence(fact, bob, eve, false));

    ann.call("DELETE", "/chat/rooms/" + room + "/members/" + bob.id(), null);
    long removedAt = history.now();
    String after = UUID.randomUUID().toString();
    ann.call(
        "POST",
        "/chat/rooms/" + room + "/messages",
        Json.of("clientId", after, "text", "without bob"));
    bob.within(
        2_000,
        fact -> fact instanceof Fact.Unsubscribed end && end.conn().equals(bob.socket.conn()));
    ann.within(
        2_000, fact -> fact instanceof Fact.Received it && it.message().clientId().equals(after));
    assertTrue(
        history.facts().stream()
            .noneMatch(
                fact ->
                    fact instanceof Fact.Received it
                        && it.at() > removedAt
                        && it.who().equals(bob.id())),
        "bob hears nothing more");

    // The same session on both nodes: ended on one, its socket on the other closes.
    Guest carl = Guest.arrive(history, b(), "carl");
    carl.logoutAt(a());
    carl.within(
        2_000, fact -> fact instanceof Fact.Closed end && end.conn().equals(carl.socket.conn()));
  }

  private static boolean isPresence(Fact fact, Guest ear, Guest whom, boolean online) {
    if (fact instanceof Fact.PresenceSeen seen && online) {
      return seen.conn().equals(ear.socket.conn()) && seen.online().contains(whom.id());
    }
    return fact instanceof Fact.PresenceHeard heard
        && heard.conn().equals(ear.socket.conn())
        && heard.whom().equals(whom.id())
        && heard.online() == online;
  }

  @Test
  @Order(2)
  void killingANodeBreaksNoInvariantAndItsPeopleAreGoneSoon() {
    Nodes nodes = new Nodes(List.of(a(), b()));
    try (Workload workload = Workload.on("cluster", nodes, Bounds.ofCluster(), SIZE)) {
      History history = workload.history();
      Guest stays = Guest.arrive(history, b(), "stays");
      Guest dies = Guest.arrive(history, a(), "dies");
      String room = room(stays, dies);
      stays.hear(room);
      dies.hear(room);
      stays.within(5_000, fact -> isPresence(fact, stays, dies, true));
      workload.load(SIZE);
      HistoryIT.pause(workload, SECONDS * 500);
      stays.ping();
      nodes.bury(a());
      history.add(new Fact.FaultStart(history.now(), "kill -9 of a node"));
      long killed = history.now();
      NODES.get(0).kill();
      history.add(new Fact.FaultStop(history.now(), "the other node goes on"));
      HistoryIT.pause(workload, SECONDS * 500);
      long spent = (history.now() - killed) / 1_000_000;
      Fact gone = stays.within(60_000 - spent, fact -> isPresence(fact, stays, dies, false));
      System.out.println("told gone " + (gone.at() - killed) / 1_000_000 + " ms after the kill");
      workload.assertHolds();
    }
  }
}
