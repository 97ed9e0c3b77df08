package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One person's program: a socket, now raw and now SockJS, on one of the nodes, and a replica of
 * each of their rooms. Its turns come one after another; only frames arrive in between.
 */
final class Device {
  private static final long PING_NANOS = 2_000_000_000L;

  final String name;
  final Rest rest;
  private final History history;
  private final Nodes nodes;
  private final Random random;
  private final Map<String, Replica> rooms = new ConcurrentHashMap<>();
  private volatile Account.Session session;
  private volatile Socket socket;
  private Ear ear;
  private long pingedAt;

  Device(String name, History history, Nodes nodes, Random random) {
    this.name = name;
    this.history = history;
    this.nodes = nodes;
    this.random = random;
    this.rest = new Rest(history, name);
  }

  void signIn(Account.Session newSession) {
    session = newSession;
    ear = new Ear(history, session.account().id(), this::heard);
  }

  Account.Session session() {
    return session;
  }

  String me() {
    return session.account().id();
  }

  void follow(String room) {
    rooms.put(room, new Replica(room));
  }

  List<Replica> rooms() {
    return new ArrayList<>(rooms.values());
  }

  Socket socket() {
    return socket;
  }

  boolean isConnected() {
    return socket != null && socket.isOpen();
  }

  /** What still trickles in from an earlier socket is written down and moves nothing. */
  private void heard(String conn, String room, JsonNode event) {
    Replica replica = rooms.get(room);
    if (replica != null && socket != null && conn.equals(socket.conn())) {
      replica.heard(event);
    }
  }

  /** One turn: connected, registered, and everything worked off and caught up. */
  void keepUp() {
    if (!isConnected()) {
      connect();
    }
    rooms.values().forEach(replica -> replica.settle(me()));
    if (isConnected()) {
      long now = history.now();
      rooms.values().forEach(replica -> replica.registerOn(socket, now));
      if (now - pingedAt > PING_NANOS) {
        pingedAt = now;
        socket.send(
            random.nextBoolean() ? Json.of("type", "ping") : Json.of("type", "ping", "pong", true));
      }
    }
    for (Replica replica : rooms.values()) {
      if (replica.isIn()) {
        replica.sync(history, rest, nodes.any(random), session);
      }
    }
  }

  private void connect() {
    rooms.values().forEach(replica -> replica.settle(me()));
    socket =
        Socket.open(history, nodes.any(random), session, name, random.nextBoolean(), ear::frame);
    rooms.values().forEach(Replica::restart);
  }

  void disconnect() {
    if (isConnected()) {
      socket.close(random.nextBoolean());
    }
  }

  /** A row that came over REST goes into the history. */
  void saw(String room, JsonNode row, long askedAt, Fact.Via via) {
    Fact.Message message = Json.message(row);
    history.add(
        new Fact.Received(
            history.now(), askedAt, rest.conn(), me(), room, message.version(), message, via));
  }

  /** A request to whatever node. */
  Rest.Reply call(String method, String path, Object body) {
    return rest.call(nodes.any(random), session.accessToken(), method, path, body);
  }

  /** Exchanges the tokens for the next pair; after an answer that got lost, signs in anew. */
  void refresh() {
    String url = nodes.any(random);
    Account.Session next = session.account().refresh(history, rest, url, session);
    if (next == null) {
      next = session.account().login(rest, url, session.name() + "+");
    }
    session = next == null ? session : next;
  }
}
