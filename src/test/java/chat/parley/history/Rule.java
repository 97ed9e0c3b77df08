package chat.parley.history;

import java.util.List;

/** One invariant. */
interface Rule {
  /** Its number, as in docs/verification.md. */
  String id();

  /** Where a rule says what does not hold. */
  interface Found {
    void violation(String sentence, List<Fact> witness);

    default void violation(String sentence, Fact... witness) {
      violation(sentence, List.of(witness));
    }
  }

  /** An invariant of each room by itself: one pass, O(n log n). */
  interface OfRoom extends Rule {
    void judge(Facts room, Found found);
  }

  /** An invariant of people, sessions and requests. */
  interface OfAll extends Rule {
    void judge(Facts all, Found found);
  }
}
