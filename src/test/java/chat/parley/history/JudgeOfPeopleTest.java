package chat.parley.history;

import static chat.parley.history.Tale.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of presence, sessions and requests: histories that hold, and ones that break one invariant. */
class JudgeOfPeopleTest {
  private static void holds(Tale tale) {
    assertEquals(Set.of(), tale.broken());
  }

  private static void breaks(String invariant, Tale tale) {
    assertEquals(Set.of(invariant), tale.broken());
  }

  private static Tale seen(Tale tale, int count, String... online) {
    return tale.add(
        new Fact.PresenceSeen(tale.now(), "ann/1", "ann", ROOM, List.of(online), count));
  }

  private static Tale closed(Tale tale, String conn) {
    return tale.add(new Fact.Closed(tale.now(), conn, 1000));
  }

  @Test
  void i14WhoHearsIsSeen() {
    Tale bob = new Tale().subscribed("bob", "bob/1", 0).later(11_000);
    holds(seen(bob, 1, "bob"));
    breaks("I14", seen(new Tale().subscribed("bob", "bob/1", 0).later(11_000), 0));
    holds(seen(new Tale().subscribed("bob", "bob/1", 0).later(1_000), 0));
  }

  @Test
  void i14WhoHasGoneIsNotSeenForLong() {
    holds(seen(closed(new Tale().subscribed("bob", "bob/1", 0), "bob/1").later(5_000), 1, "bob"));
    breaks(
        "I14",
        seen(closed(new Tale().subscribed("bob", "bob/1", 0), "bob/1").later(11_000), 1, "bob"));
    breaks("I14", seen(new Tale(), 1, "eve"));
  }

  @Test
  void i14CountIsTheSizeOfTheSet() {
    breaks("I14", seen(new Tale().subscribed("bob", "bob/1", 0), 2, "bob"));
  }

  @Test
  void i14WhoTypesDoesSo() {
    Tale types = new Tale();
    types.add(new Fact.Typing(types.now(), "bob", ROOM));
    holds(types.add(new Fact.TypingHeard(types.now(), "ann/1", "ann", ROOM, "bob")));
    breaks("I14", types.add(new Fact.TypingHeard(types.now(), "ann/1", "ann", ROOM, "eve")));
  }

  /** A session with a socket that ends at once or not. */
  private static Tale over() {
    Tale tale = new Tale();
    tale.add(new Fact.Opened(tale.now(), "bob/1", "bob", "s", "node"));
    return tale.add(new Fact.SessionOver(tale.now(), "s"));
  }

  private static Tale used(Tale tale, int status) {
    long invokedAt = tale.now();
    return tale.add(new Fact.CredentialUsed(tale.now(), invokedAt, "s", "/auth/me", status));
  }

  @Test
  void i15EndedSessionDoesNothing() {
    holds(used(closed(over(), "bob/1").later(2_500), 401));
    holds(used(closed(over(), "bob/1"), 200));
    breaks("I15", used(closed(over(), "bob/1").later(2_500), 200));
  }

  @Test
  void i15SocketsEndWithTheirSession() {
    holds(closed(over().later(500), "bob/1"));
    breaks("I15", closed(over().later(2_500), "bob/1"));
    breaks("I15", over());
  }

  private static Tale refreshed(Tale tale, String token, int status, String child) {
    long invokedAt = tale.now();
    return tale.add(new Fact.Refreshed(tale.now(), invokedAt, "s", token, status, child));
  }

  @Test
  void i16TokenHasOneChildAndItsReuseEndsTheFamily() {
    Tale twice = refreshed(refreshed(new Tale(), "t1", 200, "t2"), "t1", 401, null);
    holds(refreshed(twice, "t2", 401, null));
    breaks("I16", refreshed(refreshed(new Tale(), "t1", 200, "t2"), "t1", 200, "t3"));
    Tale alive = refreshed(refreshed(new Tale(), "t1", 200, "t2"), "t1", 401, null);
    breaks("I16", refreshed(alive, "t2", 200, "t3"));
  }

  private static Tale asked(long id) {
    Tale tale = new Tale();
    return tale.add(new Fact.Asked(tale.now(), id, "bob/1", "send message"));
  }

  private static Tale answered(Tale tale, long id) {
    return tale.add(new Fact.Answered(tale.now(), id, 200));
  }

  @Test
  void i18EveryRequestIsAnsweredOrItsConnectionCloses() {
    holds(answered(asked(1), 1));
    holds(closed(asked(1).later(20_000), "bob/1").later(60_000));
    breaks("I18", answered(asked(1).later(31_000), 1));
    breaks("I18", closed(asked(1).later(31_000), "bob/1"));
    holds(closed(asked(1).later(10_000), "other/1"));
  }
}
