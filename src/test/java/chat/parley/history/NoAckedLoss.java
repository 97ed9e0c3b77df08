package chat.parley.history;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * I1: what was acknowledged is in every scan, with the same seq, sender and client id, and says
 * what was sent or what it was asked to say instead.
 */
final class NoAckedLoss implements Rule.OfRoom {
  @Override
  public String id() {
    return "I1";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<Long, Set<String>> wishes = new HashMap<>();
    for (Fact.ReviseInvoke wish : room.of(Fact.ReviseInvoke.class)) {
      wishes.computeIfAbsent(wish.seq(), seq -> new HashSet<>()).add(wish.hash());
    }
    for (Fact.Scanned scan : room.of(Fact.Scanned.class)) {
      Map<Long, Fact.Message> bySeq = new HashMap<>();
      scan.messages().forEach(message -> bySeq.put(message.seq(), message));
      for (Fact.SendOk ok : room.of(Fact.SendOk.class)) {
        Fact.SendInvoke send = room.invoke(ok.id());
        Fact.Message stored = bySeq.get(ok.seq());
        if (stored == null) {
          found.violation("seq " + ok.seq() + " was acknowledged and is lost", send, ok);
        } else if (!Facts.key(send).equals(Facts.key(stored))
            || !send.hash().equals(stored.hash())
                && !wishes.getOrDefault(ok.seq(), Collections.emptySet()).contains(stored.hash())) {
          found.violation(
              "seq " + ok.seq() + " was acknowledged and holds something else: " + stored,
              send,
              ok);
        }
      }
    }
  }
}
