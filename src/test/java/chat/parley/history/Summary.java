package chat.parley.history;

import java.util.List;

/** A history in one line. */
final class Summary {
  private Summary() {}

  static String of(List<Fact> facts) {
    Facts all = new Facts(facts);
    return "%,d facts; %,d sends: %,d acknowledged, %,d refused, %,d unknown; %,d edits and deletions acknowledged, %,d refused, %,d unknown; %,d received; %,d syncs; %,d removals; %,d sockets; %,d faults; %.1f s"
        .formatted(
            facts.size(),
            all.of(Fact.SendInvoke.class).size(),
            all.of(Fact.SendOk.class).size(),
            all.of(Fact.SendFail.class).size(),
            all.of(Fact.SendUnknown.class).size(),
            all.of(Fact.ReviseOk.class).size(),
            all.of(Fact.ReviseFail.class).size(),
            all.of(Fact.ReviseUnknown.class).size(),
            all.of(Fact.Received.class).size(),
            all.of(Fact.Resumed.class).size(),
            all.of(Fact.Removed.class).size(),
            all.of(Fact.Opened.class).size(),
            all.of(Fact.FaultStart.class).size(),
            facts.isEmpty() ? 0 : facts.get(facts.size() - 1).at() / 1e9);
  }
}
