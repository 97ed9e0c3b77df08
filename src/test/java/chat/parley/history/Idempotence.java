package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/**
 * I3: a client id is one message of one text, and every attempt is told the same seq and the
 * version of then, which is the first unless the message was asked to say something else.
 */
final class Idempotence implements Rule.OfRoom {
  @Override
  public String id() {
    return "I3";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, Fact.SendOk> firstOk = new HashMap<>();
    Map<Long, Fact.ReviseInvoke> revised = new HashMap<>();
    Map<Long, Fact.ReviseInvoke> deleted = new HashMap<>();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.ReviseInvoke wish) {
        revised.putIfAbsent(wish.seq(), wish);
        if (wish.isDeletion()) {
          deleted.putIfAbsent(wish.seq(), wish);
        }
      } else if (fact instanceof Fact.SendOk ok) {
        Fact.SendInvoke send = room.invoke(ok.id());
        Fact.SendOk first = firstOk.putIfAbsent(Facts.key(send), ok);
        if (first == null) {
          continue;
        }
        boolean sameVersion =
            revised.containsKey(ok.seq())
                ? first.version() <= ok.version()
                : first.version() == ok.version();
        if (first.seq() != ok.seq() || !sameVersion) {
          found.violation("sending again was told another seq", first, send, ok);
        } else if (!room.invoke(first.id()).hash().equals(send.hash())
            && !deleted.containsKey(ok.seq())) {
          // A tombstone has lost what its words could be compared with.
          found.violation("other words under the same id were taken", first, send, ok);
        }
      }
    }
    for (Fact.Scanned scan : room.of(Fact.Scanned.class)) {
      Map<String, Fact.Message> rows = new HashMap<>();
      for (Fact.Message message : scan.messages()) {
        Fact.Message other = rows.putIfAbsent(Facts.key(message), message);
        if (other != null) {
          Fact.SendOk ok = firstOk.get(Facts.key(message));
          String both = "one client id is two messages: " + other + " and " + message;
          if (ok == null) {
            found.violation(both);
          } else {
            found.violation(both, room.invoke(ok.id()), ok);
          }
        }
      }
    }
  }
}
