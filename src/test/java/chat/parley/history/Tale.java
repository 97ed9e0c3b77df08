package chat.parley.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A history told by hand, one fact a microsecond, to show what the judge makes of it. */
final class Tale {
  static final String ROOM = "tea";
  private static final long STEP = 1_000;

  private final List<Fact> facts = new ArrayList<>();
  private long now;
  private long ids;

  long now() {
    return now += STEP;
  }

  /** Lets time pass. */
  Tale later(long millis) {
    now += millis * 1_000_000;
    return this;
  }

  Tale add(Fact fact) {
    facts.add(fact);
    return this;
  }

  /** The message that {@code who} sent as their {@code clientId}; its version is its seq and 10. */
  static Fact.Message message(long seq, String who, String clientId) {
    return new Fact.Message(seq, seq + 10, who, clientId, "#" + clientId);
  }

  long invoke(String who, String conn, String clientId, String hash) {
    add(new Fact.SendInvoke(now(), ++ids, conn, who, ROOM, clientId, hash));
    return ids;
  }

  long invoke(String who, String clientId) {
    return invoke(who, who + "/1", clientId, "#" + clientId);
  }

  Tale ok(long id, long seq) {
    return add(new Fact.SendOk(now(), id, ROOM, seq, seq + 10));
  }

  Tale fail(long id, int status) {
    return add(new Fact.SendFail(now(), id, ROOM, status));
  }

  /** Sent and acknowledged. */
  Tale sent(String who, String clientId, long seq) {
    return ok(invoke(who, clientId), seq);
  }

  /** The same message, saying something else or (null) nothing as of a later version. */
  static Fact.Message revised(Fact.Message message, long version, String hash) {
    return new Fact.Message(message.seq(), version, message.sender(), message.clientId(), hash);
  }

  /** An attempt to make {@code wish}'s message say what it says. */
  long revise(Fact.Message wish) {
    String who = wish.sender();
    add(new Fact.ReviseInvoke(now(), ++ids, who + "/rest", who, ROOM, wish.seq(), wish.hash()));
    return ids;
  }

  Tale revised(Fact.Message now) {
    return add(new Fact.ReviseOk(now(), revise(now), ROOM, now.version()));
  }

  Tale removed(String whom, long version) {
    return add(new Fact.Removed(now(), whom, ROOM, version));
  }

  Tale added(String whom, long version) {
    add(new Fact.Adding(now(), whom, ROOM));
    return add(new Fact.Added(now(), whom, ROOM, version));
  }

  Tale caughtUp(String who, long version, long lastSeq) {
    return add(new Fact.CaughtUp(now(), who, who, ROOM, version, lastSeq));
  }

  /** One page of a sync. */
  Tale resumed(String who, long since, long until, long version, Long... versions) {
    long askedAt = now();
    return add(
        new Fact.Resumed(
            now(), askedAt, who + "/rest", who, ROOM, since, until, version, 4, List.of(versions)));
  }

  /** Something else than a message changed, and somebody hears it. */
  Tale changed(String who, long version, String kind) {
    return add(
        new Fact.Changed(now(), who + "/1", who, ROOM, version, kind, null, false, Fact.Via.LIVE));
  }

  Tale subscribed(String who, String conn, long lastSeq) {
    return add(new Fact.Subscribed(now(), conn, who, ROOM, lastSeq + 10, lastSeq));
  }

  /** Hears the room from this version on. */
  Tale heardFrom(String who, long version) {
    return add(new Fact.Subscribed(now(), who + "/1", who, ROOM, version, 0));
  }

  Tale heard(String who, String conn, Fact.Message message) {
    long at = now();
    return add(
        new Fact.Received(at, at, conn, who, ROOM, message.version(), message, Fact.Via.LIVE));
  }

  Tale read(String who, Fact.Message message) {
    return read(who, now(), message);
  }

  /** Asked for then, answered now. */
  Tale read(String who, long askedAt, Fact.Message message) {
    return add(
        new Fact.Received(
            now(),
            askedAt,
            who + "/rest",
            who,
            ROOM,
            message.version(),
            message,
            Fact.Via.HISTORY));
  }

  Tale scanned(Fact.Message... messages) {
    return scanned("node", messages);
  }

  Tale scanned(String node, Fact.Message... messages) {
    return add(new Fact.Scanned(now(), node, ROOM, messages.length, List.of(messages)));
  }

  /** Which invariants the judge finds broken, with bounds of one node. */
  Set<String> broken() {
    return new Judge(Bounds.ofOneNode())
        .judge(facts).stream().map(Violation::invariant).collect(Collectors.toSet());
  }
}
