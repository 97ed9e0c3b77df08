package chat.parley.bench;

import chat.parley.bench.baseline.BaselineMain;
import chat.parley.bench.baseline.Driver;
import chat.parley.bench.baseline.DriverMain;
import chat.parley.bench.baseline.StartMain;
import chat.parley.bench.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What scenarios share: the options, a running Parley with its database, people in it, baselines on
 * request, and the report.
 */
public final class Stage implements AutoCloseable {
  private final Path home;
  private final Options.Served served;
  private final Stage against;

  /** What is added to the name of what is measured here; nothing but for the other server. */
  public final String mark;

  public final Options options;
  public final Report report;
  private ParleyServer parley;
  private Seed seed;
  private final List<Seed.Person> people = new ArrayList<>();

  /** A baseline and its port. */
  public record Baseline(int port, Pinned process) implements AutoCloseable {
    @Override
    public void close() {
      process.close();
    }
  }

  Stage(Options options, Path home, Report report) {
    this.options = options;
    this.home = home;
    this.report = report;
    this.served = options.parley();
    this.mark = "";
    this.against = options.against() == null ? null : new Stage(this);
  }

  /** Where the server to compare with stands, on data of its own. */
  private Stage(Stage first) {
    this.options = first.options;
    this.home = first.home.resolve("against");
    this.report = first.report;
    this.served = options.against();
    this.mark = Report.AGAINST;
    this.against = null;
  }

  /** This one, and the one to compare with if there is any. */
  public List<Stage> sides() {
    return against == null ? List.of(this) : List.of(this, against);
  }

  /** The server, started when it is first wanted. */
  public ParleyServer parley() {
    if (parley == null) {
      parley = ParleyServer.start(served, home, Options.JVM_FLAGS);
      seed = new Seed(parley);
      if (!served.audited()) {
        seed.withoutAudit();
      }
    }
    return parley;
  }

  /** Ends the server, so that the next to ask gets a fresh one on the same data. */
  public void stopParley() {
    if (parley != null) {
      seed.close();
      parley.close();
      parley = null;
    }
  }

  /** A server that the caller closes, with flags of its own, on the same data. */
  public ParleyServer freshParley(List<String> jvmFlags) {
    stopParley();
    return ParleyServer.start(served, home, jvmFlags);
  }

  /** The WebSocket doors of these people at Parley. */
  public static List<String> doors(List<Seed.Person> people) {
    return people.stream().map(each -> "/eventbus/websocket?token=" + each.token()).toList();
  }

  /** As many doors at a baseline, which asks nobody who they are. */
  public static List<String> doors(int count) {
    return Collections.nCopies(count, "/eventbus/websocket");
  }

  public Path home() {
    return home;
  }

  public Seed seed() {
    parley();
    return seed;
  }

  /** So many people; always the same first ones. */
  public List<Seed.Person> people(int count) {
    if (people.size() < count) {
      people.addAll(seed().people(count - people.size()));
    }
    return people.subList(0, count);
  }

  /** The processor time of a server beside that of Parley's database. */
  public Cpu cpu(Pinned server) {
    return new Cpu(server.pid(), parley().process.pid());
  }

  /** Starts a baseline on Parley's database. */
  public Baseline baseline(String kind) {
    parley();
    return baseline(kind, Map.of(BaselineMain.DATABASE, parley.databaseUrl()));
  }

  /** Starts one that needs no database. */
  public Baseline bareBaseline(String kind) {
    return baseline(kind, Map.of());
  }

  /** Starts a process that drives Parley's database alone; see {@link Driver}. */
  public Pinned driver(String... arguments) {
    parley();
    String name = DriverMain.class.getName();
    Pinned process =
        Pinned.java(
            home.resolve("driver-" + arguments[0] + ".log"),
            Map.of(BaselineMain.DATABASE, parley.databaseUrl()),
            command(name, arguments));
    process.await("ready", 60);
    return process;
  }

  private Baseline baseline(String kind, Map<String, String> environment) {
    int port = ParleyServer.freePort();
    Pinned process =
        Pinned.java(
            home.resolve(kind + "-" + port + ".log"),
            environment,
            command(BaselineMain.class.getName(), kind, "" + port));
    process.await("ready", 60);
    return new Baseline(port, process);
  }

  /** Starts the least that has a database and HTTP, and gives the nanoseconds until it answers. */
  public long startBareServer() {
    int port = ParleyServer.freePort();
    String data = home.resolve("bare-data").toString();
    long start = System.nanoTime();
    try (Pinned process =
        Pinned.java(
            home.resolve("start-" + port + ".log"),
            Map.of(),
            command(StartMain.class.getName(), data, "" + port))) {
      Http.awaitReady(port, process);
      return System.nanoTime() - start;
    }
  }

  /** A main class of src/bench on the server's own jar. */
  public List<String> command(String main, String... arguments) {
    List<String> command = new ArrayList<>(Options.JVM_FLAGS);
    command.addAll(List.of("-cp", served.jar() + ":" + options.classes(), main));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    stopParley();
    if (against != null) {
      against.close();
    }
  }
}
