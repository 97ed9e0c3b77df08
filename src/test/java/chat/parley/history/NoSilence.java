package chat.parley.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I18: every request and frame is answered, or its connection closes, within 30 seconds. */
final class NoSilence implements Rule.OfAll {
  private final Bounds bounds;

  NoSilence(Bounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public String id() {
    return "I18";
  }

  @Override
  public void judge(Facts all, Found found) {
    Map<Long, Fact.Answered> answers = new HashMap<>();
    all.of(Fact.Answered.class).forEach(answer -> answers.put(answer.id(), answer));
    Map<String, Fact.Closed> closed = new HashMap<>();
    all.of(Fact.Closed.class).forEach(close -> closed.put(close.conn(), close));
    long end = all.all().isEmpty() ? 0 : all.all().get(all.all().size() - 1).at();
    for (Fact.Asked asked : all.of(Fact.Asked.class)) {
      long latest = asked.at() + bounds.answer();
      Fact.Answered answer = answers.get(asked.id());
      Fact.Closed close = closed.get(asked.conn());
      boolean inTime =
          answer != null && answer.at() <= latest || close != null && close.at() <= latest;
      if (!inTime && end >= latest) {
        found.violation(
            "no answer within " + bounds.answer() / 1_000_000_000L + " s",
            answer == null ? List.of(asked) : List.of(asked, answer));
      }
    }
  }
}
