package chat.parley.bench.scenario;

import chat.parley.bench.Cpu;
import chat.parley.bench.Memory;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.FileLine;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * P12: files of 25 MiB sent and fetched, four at once, beside a handler that does the same with
 * what Vert.x has for it; and how much memory each takes. Parley hashes each, and answers when it
 * is on the disk; the other answers when it was handed to the kernel.
 */
public final class LargeFiles implements Scenario {
  private static final String SCENARIO = "P12";
  private static final int BYTES = 25 << 20;
  private static final double MIB = 1 << 20;
  private static final int A_WINDOW = 2;
  private static final int AT_ONCE = 4;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  private record Window(double rate, double cost) {}

  private final byte[] file = new byte[BYTES];

  public LargeFiles() {
    new Random(12).nextBytes(file);
    file[0] = 0;
  }

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "files of 25 MiB";
  }

  @Override
  public void run(Stage stage) {
    List<Seed.Person> people = stage.people(AT_ONCE);
    int port = stage.parley().port;
    memory(stage, port, people);
    List<FileLine> parley = people.stream().map(each -> new FileLine(port, each.token())).toList();
    try (Stage.Baseline bare = stage.bareBaseline("files")) {
      List<FileLine> other = people.stream().map(each -> new FileLine(bare.port(), null)).toList();
      other.get(0).send("/", file);
      List<String> mine = parley.stream().map(this::sent).toList();
      Map<String, Consumer<Integer>> variants = new LinkedHashMap<>();
      variants.put("Parley, sent", i -> parley.get(i).send("/api/v1/media", file));
      variants.put("bare handler, sent", i -> other.get(i).send("/", file));
      variants.put("Parley, fetched", i -> parley.get(i).fetch(mine.get(i)));
      variants.put("bare handler, fetched", i -> other.get(i).fetch("/"));
      Cpu ours = stage.cpu(stage.parley().process);
      Cpu theirs = stage.cpu(bare.process());
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.copyOf(variants.keySet()),
              name -> measure(name.startsWith("Parley") ? ours : theirs, variants.get(name)));
      report(stage, windows);
      other.forEach(FileLine::close);
    }
    parley.forEach(FileLine::close);
  }

  private String sent(FileLine line) {
    Matcher id = ID.matcher(line.send("/api/v1/media", file));
    if (!id.find()) {
      throw new IllegalStateException("no id");
    }
    return "/api/v1/media/" + id.group(1);
  }

  /** MiB a second of all lines together, and what a file cost the server's JVM. */
  private static Window measure(Cpu cpu, Consumer<Integer> work) {
    Cpu.Used before = cpu.used();
    double rate = rate(work);
    return new Window(rate, cpu.used().since(before).server() / 1e6 / (AT_ONCE * A_WINDOW));
  }

  private static double rate(Consumer<Integer> work) {
    long begun = System.nanoTime();
    atOnce(
        line -> {
          for (int i = 0; i < A_WINDOW; i++) {
            work.accept(line);
          }
        });
    return AT_ONCE * A_WINDOW * (BYTES / MIB) / ((System.nanoTime() - begun) / 1e9);
  }

  private static void atOnce(Consumer<Integer> work) {
    begun(work).join();
  }

  private static CompletableFuture<Void> begun(Consumer<Integer> work) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      int line = i;
      all[i] =
          CompletableFuture.runAsync(
              () -> work.accept(line), task -> new Thread(task, "line").start());
    }
    return CompletableFuture.allOf(all);
  }

  private static void report(Stage stage, Map<String, List<Window>> windows) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    windows.forEach(
        (name, all) -> {
          List<Double> rates = all.stream().map(Window::rate).toList();
          figures.put(name, stage.report.add(SCENARIO, name, "bytes", "MiB/s", rates));
          List<Double> cost = all.stream().map(Window::cost).toList();
          stage.report.add(SCENARIO, name, "processor of the JVM a file", "ms", cost);
        });
    for (String way : List.of("sent", "fetched")) {
      stage.report.compare(
          figures.get("Parley, " + way), figures.get("bare handler, " + way), Goal.atLeast(0.7));
    }
  }

  /** Of a server that has done all of it once, with small files. */
  private void memory(Stage stage, int port, List<Seed.Person> people) {
    long pid = stage.parley().process.pid();
    List<FileLine> lines = new ArrayList<>();
    people.forEach(person -> lines.add(new FileLine(port, person.token())));
    lines.forEach(line -> line.send("/api/v1/media", new byte[1 << 20]));
    double before = Memory.rss(pid) / MIB;
    double[] most = new double[1];
    CompletableFuture<Void> done = begun(i -> lines.get(i).fetch(sent(lines.get(i))));
    while (!done.isDone()) {
      most[0] = Math.max(most[0], Memory.rss(pid) / MIB);
    }
    done.join();
    lines.forEach(FileLine::close);
    double each = Math.max(0, most[0] - before) / AT_ONCE;
    stage.report.check(
        stage.report.add(
            SCENARIO, "Parley", "memory more for each of " + AT_ONCE, "MiB", List.of(each)),
        Goal.atMost(16));
  }
}
