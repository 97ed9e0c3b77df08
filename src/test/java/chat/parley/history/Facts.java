package chat.parley.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a history in the order of time, with what more than one rule looks up in it. */
final class Facts {
  private final List<Fact> all;
  private final Map<Class<?>, List<Fact>> byKind = new HashMap<>();
  private final Map<Long, Fact.SendInvoke> invokes = new HashMap<>();
  private final Map<Long, Fact.ReviseInvoke> revisions = new HashMap<>();
  private Versions versions;
  private Admissions admissions;

  Facts(List<Fact> inOrder) {
    this.all = inOrder;
    for (Fact fact : inOrder) {
      byKind.computeIfAbsent(fact.getClass(), kind -> new ArrayList<>()).add(fact);
    }
    of(Fact.SendInvoke.class).forEach(invoke -> invokes.put(invoke.id(), invoke));
    of(Fact.ReviseInvoke.class).forEach(invoke -> revisions.put(invoke.id(), invoke));
  }

  List<Fact> all() {
    return all;
  }

  /** The facts of one kind. */
  <T extends Fact> List<T> of(Class<T> kind) {
    return byKind.getOrDefault(kind, List.of()).stream().map(kind::cast).toList();
  }

  Fact.SendInvoke invoke(long id) {
    return invokes.get(id);
  }

  Fact.ReviseInvoke revision(long id) {
    return revisions.get(id);
  }

  /** Of a room: what is known of its versions. */
  Versions versions() {
    versions = versions == null ? new Versions(this) : versions;
    return versions;
  }

  /** Of a room: who came when, if that matters there. */
  Admissions admissions() {
    admissions = admissions == null ? new Admissions(this) : admissions;
    return admissions;
  }

  /** The scan of any node; the rules that compare nodes look at all of them. */
  List<Fact.Message> scanned() {
    List<Fact.Scanned> scans = of(Fact.Scanned.class);
    return scans.isEmpty() ? List.of() : scans.get(0).messages();
  }

  /** Each room by itself. */
  List<Facts> rooms() {
    Map<String, List<Fact>> rooms = new LinkedHashMap<>();
    for (Fact fact : all) {
      if (fact instanceof Fact.InRoom inRoom) {
        rooms.computeIfAbsent(inRoom.room(), id -> new ArrayList<>()).add(fact);
      } else if (fact instanceof Fact.Closed) {
        // The end of a socket is the end of what it hears in each of its rooms.
        rooms.values().forEach(room -> room.add(fact));
      }
    }
    return rooms.values().stream().map(Facts::new).toList();
  }

  /** {@code device} of {@code device/number}. */
  static String device(String conn) {
    return conn.substring(0, conn.indexOf('/'));
  }

  /** Which message a send means, whoever tries it how often. */
  static String key(Fact.SendInvoke send) {
    return send.who() + " " + send.clientId();
  }

  static String key(Fact.Message message) {
    return message.sender() + " " + message.clientId();
  }
}
