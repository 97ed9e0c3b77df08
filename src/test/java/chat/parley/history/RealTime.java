package chat.parley.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I5: what was acknowledged before another send began has the lower seq; and what goes over one
 * socket is stored in the order in which it was sent.
 */
final class RealTime implements Rule.OfRoom {
  @Override
  public String id() {
    return "I5";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, Fact.SendInvoke> first = new HashMap<>();
    Map<String, Fact.SendOk> before = new HashMap<>();
    Fact.SendOk highest = null;
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.SendInvoke send
          && first.putIfAbsent(Facts.key(send), send) == null) {
        before.put(Facts.key(send), highest);
      } else if (fact instanceof Fact.SendOk ok) {
        highest = highest == null || highest.seq() < ok.seq() ? ok : highest;
      }
    }
    for (Fact.SendOk ok : room.of(Fact.SendOk.class)) {
      Fact.SendInvoke send = first.get(Facts.key(room.invoke(ok.id())));
      Fact.SendOk earlier = before.get(Facts.key(send));
      if (earlier != null && earlier.seq() >= ok.seq()) {
        found.violation("an earlier acknowledgement has the higher seq", earlier, send, ok);
      }
    }
    firstComeFirstServed(room, first, found);
  }

  /** Only attempts that were acknowledged themselves: what was sent again took its second place. */
  private static void firstComeFirstServed(
      Facts room, Map<String, Fact.SendInvoke> first, Found found) {
    Map<String, List<Fact.SendOk>> byConn = new HashMap<>();
    for (Fact.SendOk ok : room.of(Fact.SendOk.class)) {
      Fact.SendInvoke send = room.invoke(ok.id());
      if (first.get(Facts.key(send)) == send && !send.conn().endsWith("/rest")) {
        byConn.computeIfAbsent(send.conn(), conn -> new ArrayList<>()).add(ok);
      }
    }
    for (List<Fact.SendOk> ofConn : byConn.values()) {
      ofConn.sort(Comparator.comparingLong(Fact.SendOk::id));
      for (int i = 1; i < ofConn.size(); i++) {
        Fact.SendOk earlier = ofConn.get(i - 1);
        Fact.SendOk later = ofConn.get(i);
        if (earlier.seq() >= later.seq()) {
          found.violation(
              "sent first on one socket, stored second", room.invoke(earlier.id()), earlier, later);
        }
      }
    }
  }
}
