package chat.parley.history;

import java.util.List;
import java.util.stream.Collectors;

/** An invariant that does not hold, in one sentence, and the two or three facts that show it. */
public record Violation(String invariant, String sentence, List<Fact> witness) {
  @Override
  public String toString() {
    return invariant
        + ": "
        + sentence
        + witness.stream().map(fact -> "\n    " + fact).collect(Collectors.joining());
  }
}
