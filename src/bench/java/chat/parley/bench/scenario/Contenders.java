package chat.parley.bench.scenario;

import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Those that take turns, in this order; ends their sockets. */
final class Contenders implements AutoCloseable {
  private final List<Contender> all = new ArrayList<>();

  /** Parley, and the one to compare with if there is any, each with a crowd of its own. */
  Contenders addParley(Stage stage, int underWay, Function<Stage, Crowd> crowd) {
    for (Stage side : stage.sides()) {
      add(
          new Contender(
              "Parley" + side.mark, crowd.apply(side), underWay, side.cpu(side.parley().process)));
    }
    return this;
  }

  Contenders add(Contender contender) {
    all.add(contender);
    return this;
  }

  List<Contender> all() {
    return all;
  }

  @Override
  public void close() {
    all.forEach(each -> each.crowd().close());
  }
}
