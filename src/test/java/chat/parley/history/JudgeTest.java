package chat.parley.history;

import static chat.parley.history.Tale.ROOM;
import static chat.parley.history.Tale.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of messages, for each invariant: a history that holds, and ones that break it and no other. */
class JudgeTest {
  private static final Fact.Message A = message(1, "ann", "a");
  private static final Fact.Message B = message(2, "bob", "b");
  private static final Fact.Message C = message(3, "ann", "c");

  private static void holds(Tale tale) {
    assertEquals(Set.of(), tale.broken());
  }

  private static void breaks(String invariant, Tale tale) {
    assertEquals(Set.of(invariant), tale.broken());
  }

  /** Three messages, each acknowledged. */
  private static Tale three() {
    return new Tale().sent("ann", "a", 1).sent("bob", "b", 2).sent("ann", "c", 3);
  }

  @Test
  void i1AcknowledgedMessageMustBeInEveryScan() {
    holds(three().scanned(A, B, C).scanned("other", A, B, C));
    breaks("I1", three().scanned(A, B, C).scanned("other", A, B));
    Fact.Message other = new Fact.Message(3, 13, "ann", "c", "#other");
    assertTrue(three().scanned(A, B, other).broken().contains("I1"));
  }

  @Test
  void i2WhatIsSeenWasSentBeforeAndNotRefused() {
    Tale refused = three();
    refused.fail(refused.invoke("bob", "d"), 404).scanned(A, B, C);
    holds(refused);
    Tale there = three();
    there.fail(there.invoke("bob", "d"), 404).scanned(A, B, C, message(4, "bob", "d"));
    breaks("I2", there);
    breaks("I2", three().scanned(A, B, C, message(4, "eve", "never")));
    breaks("I2", new Tale().read("bob", A).sent("ann", "a", 1).scanned(A));
  }

  @Test
  void i3SendingAgainIsOneMessageAndOneAnswer() {
    holds(three().sent("ann", "a", 1).scanned(A, B, C));
    Tale twice = three();
    long again = twice.invoke("bob", "b");
    twice.add(new Fact.SendUnknown(twice.now(), again, ROOM, "closed"));
    breaks("I3", twice.scanned(A, B, C, new Fact.Message(4, 14, "bob", "b", "#b")));
    assertTrue(three().sent("ann", "a", 4).scanned(A, B, C).broken().contains("I3"));
  }

  @Test
  void i3OtherWordsUnderTheSameIdAreRefused() {
    Tale refused = three();
    refused.fail(refused.invoke("ann", "ann/1", "a", "#other"), 409).scanned(A, B, C);
    holds(refused);
    Tale taken = three();
    taken.ok(taken.invoke("ann", "ann/1", "a", "#other"), 4);
    assertTrue(taken.scanned(A, B, C).broken().contains("I3"));
    Tale same = three();
    same.ok(same.invoke("ann", "ann/1", "a", "#other"), 1);
    assertTrue(same.scanned(A, B, C).broken().contains("I3"));
  }

  @Test
  void i4SeqIsOneMessageAndThereAreNoHoles() {
    holds(three().read("bob", A).read("ann", A).scanned(A, B, C));
    Fact.Message other = message(1, "bob", "b");
    assertTrue(three().read("bob", A).read("ann", other).scanned(A, B, C).broken().contains("I4"));
    Tale hole = new Tale().sent("ann", "a", 1);
    hole.invoke("ann", "c");
    breaks("I4", hole.scanned(A, C));
  }

  @Test
  void i5AcknowledgedBeforeMeansLowerSeq() {
    holds(three());
    breaks("I5", new Tale().sent("ann", "a", 2).sent("bob", "b", 1));
    Tale together = new Tale();
    long a = together.invoke("ann", "a");
    long b = together.invoke("bob", "b");
    holds(together.ok(a, 2).ok(b, 1));
  }

  @Test
  void i5OneSocketIsFirstComeFirstServed() {
    Tale tale = new Tale();
    long a = tale.invoke("ann", "a");
    long c = tale.invoke("ann", "c");
    breaks("I5", tale.ok(c, 1).ok(a, 2));
    Tale rest = new Tale();
    long d = rest.invoke("ann", "ann/rest", "d", "#d");
    long e = rest.invoke("ann", "ann/rest", "e", "#e");
    holds(rest.ok(e, 1).ok(d, 2));
  }

  @Test
  void i6LiveStreamIsContiguousAndRises() {
    Tale hears = three().subscribed("bob", "bob/1", 0);
    holds(hears.heard("bob", "bob/1", A).heard("bob", "bob/1", B).heard("bob", "bob/1", C));
    breaks("I6", three().subscribed("bob", "bob/1", 0).heard("bob", "bob/1", B));
    Tale swapped = three().subscribed("bob", "bob/1", 1);
    assertTrue(swapped.heard("bob", "bob/1", C).heard("bob", "bob/1", B).broken().contains("I6"));
    Tale repeated = three().subscribed("bob", "bob/1", 0);
    breaks("I6", repeated.heard("bob", "bob/1", A).heard("bob", "bob/1", A));
  }

  @Test
  void i6EveryKindOfChangeCounts() {
    Tale hears = three().subscribed("bob", "bob/1", 0).heard("bob", "bob/1", A);
    Tale line = hears.changed("ann", 12, "line").heard("bob", "bob/1", C);
    breaks("I6", line);
    Tale all = three().subscribed("bob", "bob/1", 3).changed("bob", 14, "line");
    holds(all.changed("bob", 15, "hidden").changed("bob", 16, "gone"));
  }

  @Test
  void i6HeadThatIsFurtherOnExcusesAGap() {
    Tale told = three().subscribed("bob", "bob/1", 0);
    told.add(new Fact.HeadTold(told.now(), "bob/1", ROOM, 12, 2));
    holds(told.heard("bob", "bob/1", C));
  }

  private static Tale resumed(Tale tale, long since, long version, Long... versions) {
    return tale.resumed("bob", since, version, version, versions);
  }

  @Test
  void i7SyncBringsEverythingBetween() {
    holds(resumed(three(), 11, 13, 12L, 13L).scanned(A, B, C));
    breaks("I7", resumed(three(), 11, 13, 13L).scanned(A, B, C));
    breaks("I7", resumed(three(), 11, 12, 12L, 13L).scanned(A, B, C));
    breaks("I7", resumed(three(), 20, 13, 13L).scanned(A, B, C));
    holds(resumed(three(), 20, 13).scanned(A, B, C));
  }

  @Test
  void i8WhoHasCaughtUpHasSeenAll() {
    Tale all = three().read("bob", A).read("bob", C).subscribed("bob", "bob/1", 1);
    all.heard("bob", "bob/1", B);
    holds(all.caughtUp("bob", 13, 3));
    Tale hole = three().read("bob", A).read("bob", C);
    breaks("I8", hole.caughtUp("bob", 13, 3));
  }

  private static Tale headRead(Tale tale, String who, long lastSeq) {
    long invokedAt = tale.now();
    return tale.add(new Fact.HeadRead(tale.now(), invokedAt, who, ROOM, lastSeq));
  }

  @Test
  void i9WhatWasSeenIsInLaterReads() {
    holds(headRead(three(), "ann", 3));
    breaks("I9", headRead(three(), "ann", 2));
    holds(headRead(three(), "eve", 2));
    breaks("I9", headRead(headRead(three(), "eve", 3), "eve", 2));
  }

  private static Tale removed(Tale tale) {
    return tale.removed("bob", 12);
  }

  @Test
  void i10NothingReachesTheRemovedUntilTheyAreAddedAgain() {
    holds(removed(three()).read("bob", B));
    breaks("I10", removed(three()).read("bob", C));
    holds(removed(three()).added("bob", 14).read("bob", C));
  }

  @Test
  void i10RemovedHearNoSignals() {
    Tale typing = removed(three()).later(2_000);
    typing.add(new Fact.Typing(typing.now(), "ann", ROOM));
    breaks("I10", typing.add(new Fact.TypingHeard(typing.now(), "bob/1", "bob", ROOM, "ann")));
  }

  private static Tale marked(Tale tale, long asked, long readSeq) {
    long invokedAt = tale.now();
    return tale.add(new Fact.ReadMarked(tale.now(), invokedAt, "bob", ROOM, asked, readSeq));
  }

  @Test
  void i13MarksRiseAndUnreadIsWhatLiesAbove() {
    holds(marked(marked(three(), 3, 3), 2, 3));
    breaks("I13", marked(marked(three(), 3, 3), 2, 2));
    breaks("I13", marked(three(), 3, 2));
    Tale rest = marked(three(), 2, 2).scanned(A, B, C);
    holds(rest.add(new Fact.PlaceAtRest(rest.now(), "bob", ROOM, 3, 2, 1)));
    Tale wrong = marked(three(), 2, 2).scanned(A, B, C);
    breaks("I13", wrong.add(new Fact.PlaceAtRest(wrong.now(), "bob", ROOM, 3, 2, 2)));
    Tale back = marked(three(), 2, 2).scanned(A, B, C);
    breaks("I13", back.add(new Fact.PlaceAtRest(back.now(), "bob", ROOM, 3, 1, 2)));
  }
}
