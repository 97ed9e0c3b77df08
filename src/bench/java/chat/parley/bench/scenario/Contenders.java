package chat.parley.bench.scenario;

import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Those that take turns, in this order; ends their sockets. */
final class Contenders implements AutoCloseable {
  private final List<Contender> all = new ArrayList<>();

  /**
   * Parley, and the one to compare with if there is any, each with a crowd of its own.
   *
   * @param rooms makes them; for all before the first socket opens, which would else be idle
   */
  Contenders addParley(Stage stage, int underWay, int people, Function<Stage, List<String>> rooms) {
    Map<Stage, List<String>> ready = new LinkedHashMap<>();
    stage.sides().forEach(side -> ready.put(side, rooms.apply(side)));
    ready.forEach(
        (side, ids) ->
            add(
                new Contender(
                    "Parley" + side.mark,
                    new Crowd(side.parley().port, Dialect.PARLEY, ids)
                        .open(Stage.doors(side.people(people))),
                    underWay,
                    side.cpu(side.parley().process))));
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
