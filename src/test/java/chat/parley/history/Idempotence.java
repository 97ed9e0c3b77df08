package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/** I3: a client id is one message, and every attempt is told the same seq and version. */
final class Idempotence implements Rule.OfRoom {
  @Override
  public String id() {
    return "I3";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, Fact.SendOk> firstOk = new HashMap<>();
    for (Fact.SendOk ok : room.of(Fact.SendOk.class)) {
      Fact.SendInvoke send = room.invoke(ok.id());
      Fact.SendOk first = firstOk.putIfAbsent(Facts.key(send), ok);
      if (first != null && (first.seq() != ok.seq() || first.version() != ok.version())) {
        found.violation("sending again was told another seq", first, send, ok);
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
