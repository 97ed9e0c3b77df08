package chat.parley.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * I14: who hears a room is seen there, who has gone is not for long, counts are the size of the
 * set, and who types does so.
 */
final class PresenceAndTyping implements Rule.OfRoom {
  private static final long TYPING_NANOS = 60_000_000_000L;

  private final Bounds bounds;

  PresenceAndTyping(Bounds bounds) {
    this.bounds = bounds;
  }

  /** The time in which one socket hears the room. */
  private static final class Stay {
    final Fact.Subscribed from;
    long until = Long.MAX_VALUE;

    Stay(Fact.Subscribed from) {
      this.from = from;
    }
  }

  @Override
  public String id() {
    return "I14";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, List<Stay>> stays = stays(room);
    room.of(Fact.PresenceSeen.class).forEach(seen -> seen(seen, stays, found));
    for (Fact.PresenceHeard heard : room.of(Fact.PresenceHeard.class)) {
      if (heard.online()) {
        ghost(heard, heard.whom(), stays, found);
      }
      if (heard.count() < 0) {
        found.violation("fewer than nobody", heard);
      }
    }
    typing(room, found);
  }

  private static Map<String, List<Stay>> stays(Facts room) {
    Map<String, List<Stay>> stays = new HashMap<>();
    Map<String, Stay> open = new HashMap<>();
    Set<String> closed = new HashSet<>();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Subscribed from && !closed.contains(from.conn())) {
        Stay stay = new Stay(from);
        open.put(from.conn(), stay);
        stays.computeIfAbsent(from.who(), who -> new ArrayList<>()).add(stay);
      } else if (fact instanceof Fact.Unsubscribed end && open.containsKey(end.conn())) {
        open.remove(end.conn()).until = end.at();
      } else if (fact instanceof Fact.Closed end && closed.add(end.conn())) {
        // What was on its way to a socket that its client has closed comes after its end.
        open.getOrDefault(end.conn(), new Stay(null)).until = end.at();
        open.remove(end.conn());
      }
    }
    return stays;
  }

  private void seen(Fact.PresenceSeen seen, Map<String, List<Stay>> stays, Found found) {
    seen.online().forEach(whom -> ghost(seen, whom, stays, found));
    if (seen.count() < seen.online().size()
        || seen.count() <= 100 && seen.count() != seen.online().size()) {
      found.violation("the count is not the size of the set", seen);
    }
    stays.forEach(
        (who, theirs) ->
            theirs.stream()
                .filter(stay -> stay.from.at() < seen.at() - bounds.present())
                .filter(stay -> stay.until > seen.at() && !seen.online().contains(who))
                .findFirst()
                .ifPresent(
                    stay -> found.violation(who + " hears and is not seen", stay.from, seen)));
  }

  private void ghost(Fact at, String whom, Map<String, List<Stay>> stays, Found found) {
    boolean wasHere =
        stays.getOrDefault(whom, List.of()).stream()
            .anyMatch(stay -> stay.until > at.at() - bounds.ghost());
    if (!wasHere) {
      found.violation(whom + " is a ghost", at);
    }
  }

  private static void typing(Facts room, Found found) {
    Map<String, Fact.Typing> last = new HashMap<>();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Typing typing) {
        last.put(typing.who(), typing);
      } else if (fact instanceof Fact.TypingHeard heard) {
        Fact.Typing typing = last.get(heard.by());
        if (typing == null || heard.at() - typing.at() > TYPING_NANOS) {
          found.violation(heard.by() + " was not typing", heard);
        } else if (heard.by().equals(heard.who())) {
          found.violation("somebody hears themselves type", typing, heard);
        }
      }
    }
  }
}
