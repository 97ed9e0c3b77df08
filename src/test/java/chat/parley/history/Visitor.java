package chat.parley.history;

import java.util.List;
import java.util.Random;

/**
 * Throw-away sessions of somebody who is there anyway: one signs out while its socket listens and
 * is tried afterwards, the next spends a refresh token twice.
 */
final class Visitor {
  private final History history;
  private final Nodes nodes;
  private final Account account;
  private final List<String> rooms;
  private final Random random;
  private final Bounds bounds;
  private final Rest rest;
  private final String device;
  private final Ear ear;
  private Account.Session session;
  private long overAt = -1;
  private int count;

  Visitor(
      History history,
      Nodes nodes,
      Account account,
      List<String> rooms,
      Random random,
      Bounds bounds) {
    this.history = history;
    this.nodes = nodes;
    this.account = account;
    this.rooms = rooms;
    this.random = random;
    this.bounds = bounds;
    this.device = account.name() + "-visitor";
    this.rest = new Rest(history, device);
    this.ear = new Ear(history, account.id(), (conn, room, event) -> {});
  }

  /** Whether nothing is half done. */
  boolean isDone() {
    return session == null;
  }

  /** One turn: comes, goes, or tries what is left. */
  void act() {
    if (session == null) {
      come();
    } else if (overAt < 0) {
      signOut();
    } else if (history.now() - overAt > bounds.death() + 200_000_000L) {
      tryAgain();
      session = null;
      overAt = -1;
    }
  }

  private void come() {
    session = account.login(rest, nodes.any(random), device + count++);
    if (session == null) {
      return;
    }
    if (count % 3 == 0) {
      spendTwice();
      session = null;
    } else {
      Socket socket = open();
      if (socket != null) {
        rooms.forEach(room -> socket.send(Json.of("type", "register", "address", "room." + room)));
      }
    }
  }

  private Socket open() {
    return Socket.open(
        history, nodes.any(random), session, device, random.nextBoolean(), ear::frame);
  }

  private void signOut() {
    Rest.Reply reply =
        rest.call(nodes.any(random), session.accessToken(), "POST", "/auth/logout", null);
    if (reply.isOk()) {
      overAt = history.now();
      history.add(new Fact.SessionOver(overAt, session.name()));
    } else if (reply.isRefusal()) {
      // An earlier attempt had got through.
      session = null;
    }
  }

  private void tryAgain() {
    for (String path : List.of("/auth/me", "/chat/rooms")) {
      Rest.Reply reply = rest.call(nodes.any(random), session.accessToken(), "GET", path, null);
      history.add(
          new Fact.CredentialUsed(
              history.now(), reply.invokedAt(), session.name(), path, reply.status()));
    }
    account.refresh(history, rest, nodes.any(random), session);
    Socket socket = open();
    if (socket != null) {
      socket.close(true);
    }
  }

  private void spendTwice() {
    Account.Session child = account.refresh(history, rest, nodes.any(random), session);
    if (child != null) {
      account.refresh(history, rest, nodes.any(random), session);
      account.refresh(history, rest, nodes.any(random), child);
    }
  }
}
