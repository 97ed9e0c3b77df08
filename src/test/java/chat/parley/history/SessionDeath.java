package chat.parley.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I15: a while after a session has ended its credentials do nothing, its sockets are closed and
 * hear nothing.
 */
final class SessionDeath implements Rule.OfAll {
  private final Bounds bounds;

  SessionDeath(Bounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public String id() {
    return "I15";
  }

  @Override
  public void judge(Facts all, Found found) {
    Map<String, Fact.SessionOver> over = new HashMap<>();
    all.of(Fact.SessionOver.class).forEach(end -> over.put(end.session(), end));
    for (Fact.CredentialUsed used : all.of(Fact.CredentialUsed.class)) {
      Fact.SessionOver end = over.get(used.session());
      boolean worked = used.status() > 0 && used.status() < 400;
      if (end != null && worked && used.invokedAt() > end.at() + bounds.death()) {
        found.violation("an ended session still does something", end, used);
      }
    }
    sockets(all, over, found);
  }

  private void sockets(Facts all, Map<String, Fact.SessionOver> over, Found found) {
    Map<String, Fact.SessionOver> endOf = new HashMap<>();
    Map<String, Fact.Closed> closed = new HashMap<>();
    all.of(Fact.Closed.class).forEach(close -> closed.put(close.conn(), close));
    for (Fact.Opened socket : all.of(Fact.Opened.class)) {
      Fact.SessionOver end = over.get(socket.session());
      if (end != null) {
        endOf.put(socket.conn(), end);
        Fact.Closed close = closed.get(socket.conn());
        if (!isDuringFault(all, end)
            && (close == null || close.at() > Math.max(end.at(), socket.at()) + bounds.death())) {
          found.violation(
              "a socket outlives its session",
              close == null ? List.of(socket, end) : List.of(socket, end, close));
        }
      }
    }
    for (Fact.Received heard : all.of(Fact.Received.class)) {
      Fact.SessionOver end = endOf.get(heard.conn());
      if (end != null
          && heard.at() > end.at() + bounds.death()
          && heard.via() == Fact.Via.LIVE
          && !isDuringFault(all, end)) {
        found.violation("a socket hears after the end of its session", end, heard);
      }
    }
  }

  /** While the database is away nodes cannot tell each other. */
  private boolean isDuringFault(Facts all, Fact.SessionOver end) {
    boolean during = false;
    for (Fact fact : all.all()) {
      if (fact instanceof Fact.FaultStart start && start.at() < end.at() + bounds.death()) {
        during = true;
      } else if (fact instanceof Fact.FaultStop stop && stop.at() < end.at()) {
        during = false;
      }
    }
    return during;
  }
}
