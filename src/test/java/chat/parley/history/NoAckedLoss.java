package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/** I1: what was acknowledged is in every scan, with the same seq, sender, client id and text. */
final class NoAckedLoss implements Rule.OfRoom {
  @Override
  public String id() {
    return "I1";
  }

  @Override
  public void judge(Facts room, Found found) {
    for (Fact.Scanned scan : room.of(Fact.Scanned.class)) {
      Map<Long, Fact.Message> bySeq = new HashMap<>();
      scan.messages().forEach(message -> bySeq.put(message.seq(), message));
      for (Fact.SendOk ok : room.of(Fact.SendOk.class)) {
        Fact.SendInvoke send = room.invoke(ok.id());
        Fact.Message stored = bySeq.get(ok.seq());
        if (stored == null) {
          found.violation("seq " + ok.seq() + " was acknowledged and is lost", send, ok);
        } else if (!Facts.key(send).equals(Facts.key(stored))
            || !send.hash().equals(stored.hash())) {
          found.violation(
              "seq " + ok.seq() + " was acknowledged and holds something else: " + stored,
              send,
              ok);
        }
      }
    }
  }
}
