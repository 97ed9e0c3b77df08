package chat.parley.bench.scenario;

import chat.parley.bench.Memory;
import chat.parley.bench.Options;
import chat.parley.bench.ParleyServer;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Gathering;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * P3: what a socket costs while nothing happens. Each window is a fresh process: some sockets come
 * so that everything is loaded, then the others; what the process holds more afterwards, each time
 * after a full collection, is theirs.
 */
public final class IdleSockets implements Scenario {
  private static final int MANY_ROOMS = 20;
  private static final int ROOMS = 100;
  private static final double KIB = 1024;

  @Override
  public String id() {
    return "P3";
  }

  @Override
  public String title() {
    return "idle sockets: memory each";
  }

  private record Each(double rss, double heap) {}

  @Override
  public void run(Stage stage) {
    int sockets = stage.options.quick() ? 1_000 : 5_000;
    int first = sockets / 5;
    List<Seed.Person> people = stage.people(sockets + first);
    List<List<String>> one = roomsOf(people, rooms(stage, "idle one", people, 1), 1);
    List<List<String>> many =
        roomsOf(people, rooms(stage, "idle many", people, MANY_ROOMS), MANY_ROOMS);
    List<String> ours = Stage.doors(people);
    List<String> theirs = Stage.doors(people.size());
    Map<String, Supplier<Each>> variants = new LinkedHashMap<>();
    variants.put("Parley, 1 room", () -> parley(stage, ours, one, first));
    variants.put("bare socket, 1 room", () -> bare(stage, theirs, one, first));
    variants.put("Parley, 20 rooms", () -> parley(stage, ours, many, first));
    Map<String, List<Each>> windows =
        Rounds.alternate(
            stage.options.starts(),
            List.copyOf(variants.keySet()),
            name -> variants.get(name).get());
    report(stage, windows);
  }

  private static void report(Stage stage, Map<String, List<Each>> windows) {
    Map<String, Figure> rss = new LinkedHashMap<>();
    windows.forEach(
        (name, values) -> {
          List<Double> kib = values.stream().map(Each::rss).toList();
          rss.put(name, stage.report.add("P3", name, "resident memory a socket", "KiB", kib));
          List<Double> heap = values.stream().map(Each::heap).toList();
          stage.report.add("P3", name, "heap a socket", "KiB", heap);
        });
    stage.report.compare(
        rss.get("Parley, 1 room"), rss.get("bare socket, 1 room"), Goal.atMost(1.2));
    more(stage, "resident memory", windows, Each::rss);
    more(stage, "heap", windows, Each::heap);
  }

  private static void more(
      Stage stage, String what, Map<String, List<Each>> windows, ToDoubleFunction<Each> of) {
    List<Double> more = new ArrayList<>();
    for (int i = 0; i < windows.get("Parley, 1 room").size(); i++) {
      more.add(
          of.applyAsDouble(windows.get("Parley, 20 rooms").get(i))
              - of.applyAsDouble(windows.get("Parley, 1 room").get(i)));
    }
    stage.report.check(
        stage.report.add("P3", "Parley", what + " more for 19 more rooms", "KiB", more),
        Goal.atMost(3));
  }

  /** Groups of people who share so many rooms. */
  private static List<String> rooms(
      Stage stage, String name, List<Seed.Person> people, int roomsEach) {
    int groups = ROOMS / MANY_ROOMS;
    List<String> rooms = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      List<Seed.Person> members = new ArrayList<>();
      for (int i = group; i < people.size(); i += groups) {
        members.add(people.get(i));
      }
      for (int room = 0; room < roomsEach; room++) {
        rooms.add(stage.seed().room(name + " " + group + " " + room, members).toString());
      }
    }
    return rooms;
  }

  private static List<List<String>> roomsOf(
      List<Seed.Person> people, List<String> rooms, int roomsEach) {
    int groups = ROOMS / MANY_ROOMS;
    List<List<String>> each = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      int group = i % groups;
      each.add(rooms.subList(group * roomsEach, (group + 1) * roomsEach));
    }
    return each;
  }

  private static Each parley(
      Stage stage, List<String> targets, List<List<String>> rooms, int first) {
    try (ParleyServer server = stage.freshParley(Options.JVM_FLAGS)) {
      return measure(server.port, server.process.pid(), targets, rooms, first);
    }
  }

  private static Each bare(Stage stage, List<String> targets, List<List<String>> rooms, int first) {
    try (Stage.Baseline server = stage.bareBaseline("broadcast")) {
      return measure(server.port(), server.process().pid(), targets, rooms, first);
    }
  }

  private static Each measure(
      int port, long pid, List<String> targets, List<List<String>> rooms, int first) {
    try (Gathering some = new Gathering(port);
        Gathering others = new Gathering(port)) {
      some.come(targets.subList(0, first), rooms.subList(0, first), false, () -> {});
      Memory before = Memory.afterCollection(pid);
      int count = targets.size() - first;
      others.come(
          targets.subList(first, targets.size()),
          rooms.subList(first, targets.size()),
          false,
          some::rest);
      Memory after = Memory.afterCollection(pid);
      return new Each(
          (after.rss() - before.rss()) / KIB / count, (after.heap() - before.heap()) / KIB / count);
    }
  }
}
