package chat.parley.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I2: what is seen was sent before, in these words, and was not refused for good. */
final class NoPhantom implements Rule.OfRoom {
  /** What became of all attempts to send one text under one client id. */
  private static final class Wish {
    Fact.SendInvoke first;
    Fact refusal;
    int open;
  }

  @Override
  public String id() {
    return "I2";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, Wish> wishes = wishes(room);
    Set<String> judged = new HashSet<>();
    for (Fact.Received seen : room.of(Fact.Received.class)) {
      if (judged.add(wish(seen.message()))) {
        judge(wishes.get(wish(seen.message())), seen, seen.message(), found);
      }
    }
    for (Fact.Scanned scan : room.of(Fact.Scanned.class)) {
      for (Fact.Message message : scan.messages()) {
        if (judged.add(wish(message))) {
          Fact stored =
              new Fact.Received(
                  scan.at(),
                  scan.node(),
                  "scan",
                  scan.room(),
                  message.version(),
                  message,
                  Fact.Via.HISTORY);
          judge(wishes.get(wish(message)), stored, message, found);
        }
      }
    }
  }

  private static void judge(Wish wish, Fact seen, Fact.Message message, Found found) {
    if (wish == null || wish.first.at() > seen.at()) {
      found.violation("seq " + message.seq() + " was never sent so", seen);
    } else if (wish.open == 0) {
      found.violation(
          "seq " + message.seq() + " was refused and is there", wish.first, wish.refusal, seen);
    }
  }

  private static Map<String, Wish> wishes(Facts room) {
    Map<String, Wish> wishes = new HashMap<>();
    for (Fact.SendInvoke send : room.of(Fact.SendInvoke.class)) {
      Wish wish = wishes.computeIfAbsent(wish(send), key -> new Wish());
      wish.first = wish.first == null ? send : wish.first;
      wish.open++;
    }
    for (Fact.SendFail refused : room.of(Fact.SendFail.class)) {
      Wish wish = wishes.get(wish(room.invoke(refused.id())));
      wish.refusal = refused;
      wish.open--;
    }
    return wishes;
  }

  private static String wish(Fact.SendInvoke send) {
    return Facts.key(send) + " " + send.hash();
  }

  private static String wish(Fact.Message message) {
    return Facts.key(message) + " " + message.hash();
  }
}
