package chat.parley.history;

import java.util.ArrayList;
import java.util.List;

/** Reads a history and names what does not hold: each room in one pass a rule, then the rest. */
public final class Judge {
  /** More of one kind tell no more. */
  private static final int ENOUGH = 20;

  private final List<Rule> rules;

  public Judge(Bounds bounds) {
    this.rules =
        List.of(
            new NoAckedLoss(),
            new NoPhantom(),
            new Idempotence(),
            new OneOrder(),
            new RealTime(),
            new LiveStream(),
            new WholeResume(),
            new Seam(),
            new MonotonicReads(),
            new Removal(),
            new ProtectedHistory(),
            new EditsAndDeletions(),
            new Counters(),
            new PresenceAndTyping(bounds),
            new SessionDeath(bounds),
            new RefreshRotation(),
            new NoSilence(bounds));
  }

  /** Everything that was found, in the order of the invariants. */
  public List<Violation> judge(List<Fact> history) {
    Facts all = new Facts(history);
    List<Facts> rooms = all.rooms();
    List<Violation> found = new ArrayList<>();
    for (Rule rule : rules) {
      List<Violation> ofRule = new ArrayList<>();
      Rule.Found finding =
          (sentence, witness) -> {
            if (ofRule.size() < ENOUGH) {
              ofRule.add(new Violation(rule.id(), sentence, witness));
            }
          };
      if (rule instanceof Rule.OfRoom ofRoom) {
        rooms.forEach(room -> ofRoom.judge(room, finding));
      } else if (rule instanceof Rule.OfAll ofAll) {
        ofAll.judge(all, finding);
      }
      found.addAll(ofRule);
    }
    return found;
  }
}
