package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/** I16: a refresh token has one child, and its second use ends the whole family. */
final class RefreshRotation implements Rule.OfAll {
  @Override
  public String id() {
    return "I16";
  }

  @Override
  public void judge(Facts all, Found found) {
    Map<String, Fact.Refreshed> spent = new HashMap<>();
    Map<String, Fact.Refreshed> reuse = new HashMap<>();
    for (Fact.Refreshed use : all.of(Fact.Refreshed.class)) {
      Fact.Refreshed dead = reuse.get(use.session());
      if (use.status() == 200 && dead != null && use.invokedAt() > dead.at()) {
        found.violation("a family lives on after a token was used twice", dead, use);
      }
      Fact.Refreshed first = use.status() == 200 ? spent.putIfAbsent(use.token(), use) : null;
      if (first != null) {
        found.violation("one refresh token has two children", first, use);
      }
      Fact.Refreshed before = spent.get(use.token());
      if (before != null && before != use && use.status() == 401) {
        reuse.putIfAbsent(use.session(), use);
      }
    }
  }
}
