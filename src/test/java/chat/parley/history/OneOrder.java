package chat.parley.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * I4: a seq is one message for everybody, on every path and node, and the final seqs are 1 to n
 * without a hole, in the order of their versions as long as they say what they first said.
 */
final class OneOrder implements Rule.OfRoom {
  @Override
  public String id() {
    return "I4";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<Long, Fact.Received> seen = new HashMap<>();
    for (Fact.Received received : room.of(Fact.Received.class)) {
      Fact.Received first = seen.putIfAbsent(received.message().seq(), received);
      if (first != null && !first.message().isSame(received.message())) {
        found.violation("seq " + received.message().seq() + " is two messages", first, received);
      }
    }
    Set<Long> revised = new HashSet<>();
    room.of(Fact.ReviseInvoke.class).forEach(wish -> revised.add(wish.seq()));
    for (Fact.Scanned scan : room.of(Fact.Scanned.class)) {
      judge(scan, seen, revised, found);
    }
  }

  private static void judge(
      Fact.Scanned scan, Map<Long, Fact.Received> seen, Set<Long> revised, Found found) {
    long seq = 0;
    long version = 0;
    for (Fact.Message message : scan.messages()) {
      if (message.seq() != ++seq || message.version() <= version) {
        found.violation(scan.node() + " stores " + message + " where seq " + seq + " belongs");
        return;
      }
      version = revised.contains(seq) ? version : message.version();
      Fact.Received received = seen.get(seq);
      if (received != null && !received.message().isSame(message)) {
        found.violation("seq " + seq + " was seen as another than is stored: " + message, received);
      }
    }
    if (seq != scan.lastSeq()) {
      found.violation(scan.node() + " counts " + scan.lastSeq() + " messages and has " + seq);
    }
  }
}
