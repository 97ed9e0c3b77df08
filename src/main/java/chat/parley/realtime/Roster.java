package chat.parley.realtime;

import chat.parley.model.Connection;
import chat.parley.model.Connections;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The sockets of one event loop, told on that loop: how many there are, and the youngest of those
 * that were asked for. O(sockets · log {@link Connections#MOST}), for an administrator now and
 * then.
 */
record Roster(Connections.Numbers numbers, List<Connection> found) {
  static final Roster NOBODY = new Roster(Connections.Numbers.NONE, List.of());

  static Roster of(Collection<Session> sessions, Connections.Question question) {
    int limit = Math.min(question.limit(), Connections.MOST);
    PriorityQueue<Session> youngest = new PriorityQueue<>(Comparator.comparing(Session::id));
    int[] speak = new int[Connection.Transport.values().length];
    int behind = 0;
    long queueBytes = 0;
    for (Session each : sessions) {
      speak[each.transport().ordinal()]++;
      behind += each.isBehind() ? 1 : 0;
      queueBytes += each.waitingBytes();
      if (limit > 0 && fits(each, question)) {
        youngest.add(each);
        if (youngest.size() > limit) {
          youngest.remove();
        }
      }
    }
    long now = System.nanoTime();
    List<Connection> found = youngest.stream().map(each -> each.shown(now)).toList();
    if (question.kick()) {
      List.copyOf(youngest).forEach(each -> each.close(CloseCode.KICKED));
    }
    return new Roster(
        new Connections.Numbers(speak[0], speak[1], speak[2], behind, queueBytes), found);
  }

  private static boolean fits(Session session, Connections.Question question) {
    return (question.id() == null || question.id().equals(session.id()))
        && (question.userId() == null || question.userId().equals(session.userId()))
        && (!question.behind() || session.isBehind())
        && (question.before() == null || session.id().compareTo(question.before()) < 0);
  }

  Roster plus(Roster other) {
    return new Roster(
        numbers.plus(other.numbers), Stream.concat(found.stream(), other.found.stream()).toList());
  }
}
