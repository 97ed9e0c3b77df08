package chat.parley.history;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Somebody at one node, with one socket, who does only what a test tells them to. */
final class Guest {
  final Account account;
  final Socket socket;
  private final History history;
  private final String url;
  private final Rest rest;
  private final Account.Session session;

  private Guest(History history, String url, Account account, Rest rest, String device) {
    this.history = history;
    this.url = url;
    this.account = account;
    this.rest = rest;
    this.session = account.login(rest, url, device);
    Ear ear = new Ear(history, account.id(), (conn, room, event) -> {});
    this.socket = Socket.open(history, url, session, device, false, ear::frame);
  }

  /** A new account at a node. */
  static Guest arrive(History history, String url, String name) {
    Rest rest = new Rest(history, name);
    return new Guest(history, url, Account.register(rest, url, name), rest, name);
  }

  String id() {
    return account.id();
  }

  Rest.Reply call(String method, String path, Object body) {
    Rest.Reply reply = rest.call(url, session.accessToken(), method, path, body);
    if (!reply.isOk()) {
      throw new AssertionError(method + " " + path + " was answered " + reply);
    }
    return reply;
  }

  /** Signs out at another node; this one's socket must hear of it. */
  void logoutAt(String otherUrl) {
    Rest.Reply reply = rest.call(otherUrl, session.accessToken(), "POST", "/auth/logout", null);
    if (!reply.isOk()) {
      throw new AssertionError("Not signed out: " + reply);
    }
    history.add(new Fact.SessionOver(history.now(), session.name()));
  }

  /** Hears the room from now on. */
  void hear(String room) {
    socket.send(Json.of("type", "register", "address", "room." + room));
    within(
        10_000,
        fact ->
            fact instanceof Fact.Subscribed from
                && from.conn().equals(socket.conn())
                && from.room().equals(room));
  }

  /** A socket that says nothing for 30 s is closed. */
  void ping() {
    socket.send(Json.of("type", "ping"));
  }

  /** The first fact like this; fails when it has not come {@code millis} from now. */
  Fact within(long millis, Predicate<Fact> like) {
    long latest = history.now() + millis * 1_000_000;
    ping();
    while (history.now() < latest) {
      var found = history.facts().stream().filter(like).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("Did not happen within " + millis + " ms");
  }
}
