package chat.parley.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * I2: what is seen was sent before, or its sender asked before that the message say this instead,
 * in these words or none; and it was not refused for good.
 */
final class NoPhantom implements Rule.OfRoom {
  /** What became of all attempts to make one message say one thing. */
  private static final class Wish {
    Fact first;
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
      if (judged.add(identity(seen.message()))) {
        judge(wish(wishes, seen.message()), seen, seen.message(), found);
      }
    }
    for (Fact.Scanned scan : room.of(Fact.Scanned.class)) {
      for (Fact.Message message : scan.messages()) {
        if (judged.add(identity(message))) {
          Fact stored =
              new Fact.Received(
                  scan.at(),
                  scan.at(),
                  scan.node(),
                  "scan",
                  scan.room(),
                  message.version(),
                  message,
                  Fact.Via.HISTORY);
          judge(wish(wishes, message), stored, message, found);
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
    room.of(Fact.SendInvoke.class).forEach(send -> tried(wishes, said(send), send));
    room.of(Fact.ReviseInvoke.class).forEach(wish -> tried(wishes, revised(wish), wish));
    for (Fact.SendFail refused : room.of(Fact.SendFail.class)) {
      refused(wishes.get(said(room.invoke(refused.id()))), refused);
    }
    for (Fact.ReviseFail refused : room.of(Fact.ReviseFail.class)) {
      refused(wishes.get(revised(room.revision(refused.id()))), refused);
    }
    return wishes;
  }

  private static void tried(Map<String, Wish> wishes, String key, Fact attempt) {
    Wish wish = wishes.computeIfAbsent(key, first -> new Wish());
    wish.first = wish.first == null ? attempt : wish.first;
    wish.open++;
  }

  private static void refused(Wish wish, Fact refusal) {
    wish.refusal = refusal;
    wish.open--;
  }

  private static Wish wish(Map<String, Wish> wishes, Fact.Message seen) {
    Wish sent = wishes.get(Facts.key(seen) + " " + seen.hash());
    return sent == null
        ? wishes.get(seen.sender() + " seq " + seen.seq() + " " + seen.hash())
        : sent;
  }

  private static String said(Fact.SendInvoke send) {
    return Facts.key(send) + " " + send.hash();
  }

  private static String revised(Fact.ReviseInvoke wish) {
    return wish.who() + " seq " + wish.seq() + " " + wish.hash();
  }

  private static String identity(Fact.Message message) {
    return Facts.key(message) + " " + message.seq() + " " + message.hash();
  }
}
