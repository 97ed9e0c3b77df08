package chat.parley.history;

import static chat.parley.history.Tale.ROOM;
import static chat.parley.history.Tale.message;
import static chat.parley.history.Tale.revised;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of messages that say something else by now, and of rooms that keep their past to themselves. */
class JudgeOfRevisionsTest {
  private static final Fact.Message A = message(1, "ann", "a");
  private static final Fact.Message B = message(2, "bob", "b");
  private static final Fact.Message C = message(3, "ann", "c");
  private static final Fact.Message EDITED = revised(A, 14, "#new");
  private static final Fact.Message DELETED = revised(A, 14, null);

  private static void holds(Tale tale) {
    assertEquals(Set.of(), tale.broken());
  }

  private static void breaks(String invariant, Tale tale) {
    assertEquals(Set.of(invariant), tale.broken());
  }

  /** Messages at versions 11 to 13. */
  private static Tale three() {
    return new Tale().sent("ann", "a", 1).sent("bob", "b", 2).sent("ann", "c", 3);
  }

  @Test
  void i1WhatIsStoredMayBeAnEditOrATombstoneThatWasAskedFor() {
    holds(three().revised(EDITED).scanned(EDITED, B, C));
    holds(three().revised(DELETED).scanned(DELETED, B, C));
    assertTrue(three().scanned(EDITED, B, C).broken().contains("I1"));
    assertTrue(three().scanned(DELETED, B, C).broken().contains("I1"));
  }

  @Test
  void i2WhatIsSeenWasAskedForBefore() {
    breaks("I2", three().read("bob", EDITED).revised(EDITED).scanned(EDITED, B, C));
    breaks("I2", three().read("bob", DELETED).revised(DELETED).scanned(DELETED, B, C));
    Tale early = three();
    long id = early.revise(EDITED);
    early.read("bob", EDITED).add(new Fact.ReviseOk(early.now(), id, ROOM, 14));
    holds(early.scanned(EDITED, B, C));
  }

  @Test
  void i2WhatWasRefusedIsNotThere() {
    Tale refused = three();
    refused.add(new Fact.ReviseFail(refused.now(), refused.revise(EDITED), ROOM, 404));
    holds(refused.scanned(A, B, C));
    Tale there = three();
    there.add(new Fact.ReviseFail(there.now(), there.revise(EDITED), ROOM, 404));
    breaks("I2", there.scanned(EDITED, B, C));
    Tale unknown = three();
    unknown.add(new Fact.ReviseUnknown(unknown.now(), unknown.revise(EDITED), ROOM, "closed"));
    holds(unknown.scanned(EDITED, B, C));
  }

  private static Tale sentAgain(Tale tale, String hash, long version) {
    long id = tale.invoke("ann", "ann/1", "a", hash);
    return tale.add(new Fact.SendOk(tale.now(), id, ROOM, 1, version));
  }

  @Test
  void i3SendingAgainIsToldTheVersionOfThen() {
    holds(sentAgain(three().revised(EDITED), "#a", 14).scanned(EDITED, B, C));
    breaks("I3", sentAgain(three(), "#a", 14));
    breaks("I3", sentAgain(three().revised(EDITED), "#a", 10));
  }

  @Test
  void i3OnlyATombstoneTakesOtherWords() {
    holds(sentAgain(three().revised(DELETED), "#other", 14).scanned(DELETED, B, C));
    assertTrue(sentAgain(three().revised(EDITED), "#other", 14).broken().contains("I3"));
  }

  @Test
  void i4WhatIsRevisedIsStillTheSameMessage() {
    holds(three().revised(EDITED).read("bob", EDITED).scanned(EDITED, B, C));
    Fact.Message ofOther = new Fact.Message(1, 14, "ann", "other", "#new");
    assertTrue(three().read("bob", A).revised(EDITED).read("bob", ofOther).broken().contains("I4"));
    Fact.Message late = revised(B, 15, "#b");
    assertTrue(three().scanned(A, late, C).broken().contains("I4"));
  }

  @Test
  void i6OnlyWhatWasOvertakenIsLeftOut() {
    Tale gap = three().subscribed("bob", "bob/1", 0).revised(EDITED);
    gap.heard("bob", "bob/1", B).heard("bob", "bob/1", C);
    holds(gap.heard("bob", "bob/1", EDITED));
    Tale never = three().subscribed("bob", "bob/1", 3).revised(EDITED);
    never.revised(revised(B, 15, "#newer"));
    breaks("I6", never.heard("bob", "bob/1", revised(B, 15, "#newer")));
    Tale tooEarly = three().subscribed("bob", "bob/1", 0).heard("bob", "bob/1", B);
    breaks("I6", tooEarly.revised(EDITED));
  }

  @Test
  void i7SyncBringsEachMessageAsItWasThen() {
    Tale edited = three().revised(EDITED);
    holds(edited.resumed("bob", 11, 14, 14, 12L, 13L, 14L).scanned(EDITED, B, C));
    holds(three().revised(EDITED).resumed("bob", 10, 13, 13, 11L, 12L, 13L));
    breaks("I7", three().revised(EDITED).resumed("bob", 10, 14, 14, 11L, 12L, 13L, 14L));
    breaks("I7", three().revised(EDITED).resumed("bob", 13, 14, 14));
    breaks("I7", three().revised(EDITED).resumed("bob", 10, 14, 14, 11L, 12L, 13L));
  }

  @Test
  void i7PageEndsWhereItSays() {
    holds(three().revised(EDITED).resumed("bob", 10, 12, 14, 12L));
    breaks("I7", three().revised(EDITED).resumed("bob", 10, 12, 14, 11L, 12L));
    breaks("I7", three().revised(EDITED).resumed("bob", 10, 13, 14, 12L));
  }

  @Test
  void i8WhoHasCaughtUpHoldsEachMessageAsItWasThen() {
    Tale all = three().read("bob", A).read("bob", B).read("bob", C).revised(EDITED);
    holds(all.caughtUp("bob", 13, 3).read("bob", EDITED).caughtUp("bob", 14, 3));
    Tale old = three().read("bob", A).read("bob", B).read("bob", C).revised(EDITED);
    breaks("I8", old.caughtUp("bob", 14, 3));
  }

  @Test
  void i12VersionSaysOneThing() {
    holds(three().revised(EDITED).read("bob", EDITED).read("ann", EDITED));
    Tale two = three().revised(EDITED).revised(revised(A, 15, "#newer"));
    breaks("I12", two.read("bob", revised(A, 15, "#new")));
    breaks("I12", three().read("bob", A).revised(revised(A, 11, null)));
    breaks("I12", three().read("bob", B).revised(revised(A, 12, "#new")));
  }

  @Test
  void i12WhatIsAcknowledgedIsSeenByWhoeverAsksLater() {
    Tale before = three().revised(EDITED);
    breaks("I12", before.read("bob", A));
    Tale deleted = three().revised(DELETED);
    breaks("I12", deleted.read("bob", A));
    Tale together = three();
    long askedAt = together.now();
    holds(together.revised(DELETED).read("bob", askedAt, A));
    holds(three().subscribed("bob", "bob/1", 0).revised(DELETED).heard("bob", "bob/1", A));
  }

  @Test
  void i12WhatSomebodySawTheyDoNotSeeOlder() {
    Tale tale = three();
    tale.revise(EDITED);
    holds(tale.read("bob", EDITED).read("ann", A));
    Tale back = three();
    back.revise(EDITED);
    breaks("I12", back.read("bob", EDITED).read("bob", A));
  }

  @Test
  void i12WhatIsDeletedSaysNothingAnyMore() {
    Tale silent = three().revised(DELETED).read("bob", DELETED);
    holds(silent.scanned(DELETED, B, C));
    Tale back = three().revised(revised(A, 14, "#new")).revised(revised(A, 15, null));
    breaks("I12", back.read("bob", revised(A, 16, "#new")));
    Tale live = three().heardFrom("bob", 14).revised(DELETED);
    breaks("I12", live.heard("bob", "bob/1", revised(A, 15, "#a")));
  }

  @Test
  void i12AcknowledgedRevisionIsInTheScanUnlessOvertaken() {
    breaks("I12", three().revised(EDITED).scanned(A, B, C));
    breaks("I12", three().revised(DELETED).scanned(A, B, C));
    Fact.Message newer = revised(A, 15, "#newer");
    holds(three().revised(EDITED).revised(newer).scanned(newer, B, C));
    breaks("I12", three().revised(EDITED).revised(newer).scanned(EDITED, B, C));
  }

  /** Bob is removed at 14 and added again at 15; then Ann says D, at 16. */
  private static Tale guarded() {
    Tale tale = new Tale();
    tale.add(new Fact.Guarded(tale.now(), ROOM));
    tale.sent("ann", "a", 1).sent("bob", "b", 2).sent("ann", "c", 3).read("bob", A);
    tale.removed("bob", 14).added("bob", 15);
    return tale.add(new Fact.SendOk(tale.now(), tale.invoke("ann", "d"), ROOM, 4, 16));
  }

  private static final Fact.Message D = new Fact.Message(4, 16, "ann", "d", "#d");

  @Test
  void i11WhoWasAddedSeesNothingOfBefore() {
    holds(guarded().read("bob", D).read("ann", A));
    breaks("I11", guarded().read("bob", A));
    breaks("I11", guarded().read("bob", C));
    Tale open = three().removed("bob", 14).added("bob", 15);
    holds(open.read("bob", A));
  }

  @Test
  void i11NotEvenWhenItChanges() {
    Fact.Message edited = revised(A, 17, "#new");
    Tale hidden = guarded().heardFrom("bob", 16).revised(edited).changed("bob", 17, "hidden");
    holds(hidden);
    breaks("I11", guarded().heardFrom("bob", 16).revised(edited).heard("bob", "bob/1", edited));
    breaks("I11", guarded().revised(edited).read("bob", edited));
  }

  @Test
  void i11WhatWasAskedForDuringAnEarlierStayMayComeLate() {
    Tale tale = new Tale();
    tale.add(new Fact.Guarded(tale.now(), ROOM));
    tale.sent("ann", "a", 1);
    long askedAt = tale.now();
    tale.removed("bob", 14).added("bob", 15);
    holds(tale.read("bob", askedAt, A));
  }

  @Test
  void i11WhatWasSaidWhileTheyWereAwayDoesNotFollow() {
    Tale tale = new Tale();
    tale.add(new Fact.Guarded(tale.now(), ROOM));
    tale.sent("ann", "a", 1).removed("bob", 12).sent("ann", "c", 3).added("bob", 15);
    breaks("I11", tale.heardFrom("bob", 12).heard("bob", "bob/1", C));
  }

  @Test
  void i7AndI8ExcuseWhatIsNotTheirs() {
    holds(guarded().resumed("bob", 11, 16, 16, 16L));
    breaks("I7", guarded().resumed("bob", 11, 16, 16, 12L, 13L, 16L));
    breaks("I7", guarded().resumed("ann", 11, 16, 16, 16L));
    holds(guarded().read("bob", D).caughtUp("bob", 16, 4));
    breaks("I8", guarded().caughtUp("bob", 16, 4));
  }

  private static Tale place(Tale tale, long readSeq, long unread) {
    return tale.add(new Fact.PlaceAtRest(tale.now(), "bob", ROOM, 4, readSeq, unread));
  }

  @Test
  void i13CountsWhatIsTheirs() {
    holds(place(guarded().scanned(A, B, C, D), 0, 1));
    breaks("I13", place(guarded().scanned(A, B, C, D), 0, 4));
    holds(place(guarded().scanned(A, B, C, D), 3, 1));
  }
}
