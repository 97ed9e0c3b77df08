package chat.parley.persistence;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.media.MediaOptions;
import chat.parley.media.MediaVerticle;
import chat.parley.model.Actor;
import chat.parley.model.Media;
import chat.parley.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.pgclient.PgBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What keeps files, in a process of its own that ends as by kill -9, with nothing tidied up, at a
 * {@link Step} that its bus shows. It keeps the files that it is given, and then waits. The
 * database is another process, and lives on.
 */
final class CrashingServer implements AutoCloseable {
  static final int KILLED = 137;
  private static final String KEPT = "kept ";
  private static final String DONE = "done";

  /**
   * When it ends: before the n-th question to an address is heard, or before its answer is.
   *
   * @param times 0 for never
   */
  record Step(String address, boolean answer, int times) {
    static Step before(String address, int times) {
      return new Step(address, false, times);
    }

    static Step after(String address, int times) {
      return new Step(address, true, times);
    }

    static Step never() {
      return new Step("none", false, 0);
    }
  }

  private final Process process;
  private final BufferedReader says;

  private CrashingServer(Process process) {
    this.process = process;
    this.says =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static CrashingServer start(DatabaseAddress database, Path folder, Step step, Path... files) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingServer.class.getName(),
                "postgresql://%s:%d/%s?sslmode=disable"
                    .formatted(database.host(), database.port(), database.database()),
                database.user(),
                database.password(),
                folder.toString(),
                step.address(),
                "" + step.answer(),
                "" + step.times()));
    List.of(files).forEach(file -> command.add(file.toString()));
    try {
      return new CrashingServer(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hashes of what it acknowledges, until it waits or ends. */
  List<String> kept() {
    List<String> all = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    try {
      for (String line = says.readLine(); line != null && !line.equals(DONE); ) {
        all.add(line);
        if (line.startsWith(KEPT)) {
          kept.add(line.substring(KEPT.length()));
        }
        line = says.readLine();
      }
      if (!process.isAlive() && process.exitValue() != KILLED) {
        throw new AssertionError("It failed: " + all);
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The code with which it ends. */
  int awaitEnd() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }

  public static void main(String[] words) throws IOException {
    try {
      run(words);
      System.out.println(DONE);
      while (System.in.read() != -1) {
        // Whoever started it ends it.
      }
    } catch (GeneralSecurityException | RuntimeException | AssertionError failed) {
      failed.printStackTrace();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void run(String[] words) throws IOException, GeneralSecurityException {
    DatabaseAddress database = DatabaseAddress.parse(words[0], words[1], words[2]);
    MediaOptions options = MediaOptions.of(Path.of(words[3])).bounded(1 << 20, 0);
    Step step = new Step(words[4], Boolean.parseBoolean(words[5]), Integer.parseInt(words[6]));
    Vertx vertx = Vertx.vertx();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    vertx.eventBus().addInboundInterceptor(ending(step));
    Await.get(vertx.deployVerticle(new PersistenceVerticle(database, meters).withoutSearch()));
    Await.get(vertx.deployVerticle(new MediaVerticle(options, meters)));
    hurry(vertx, database);
    for (int i = 7; i < words.length; i++) {
      System.out.println(KEPT + keep(Bus.of(vertx), Path.of(words[i])));
    }
  }

  private static String keep(Bus bus, Path file) throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(file);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Media.Incoming incoming =
        Await.get(bus.ask(Addresses.MEDIA_ADMIT, new Media.Admit(null, bytes.length)));
    Files.write(Path.of(incoming.file()), bytes);
    Actor nobody = new Actor(null, "a crash");
    Await.get(
        bus.ask(
            Addresses.MEDIA_KEEP,
            new Media.Received(nobody, incoming.file(), hash, bytes.length, "a.png", false)));
    return hash;
  }

  /** What is done every ten seconds is done all the time. */
  private static void hurry(Vertx vertx, DatabaseAddress database) {
    Postgres postgres =
        new Postgres(
            PgBuilder.pool().connectingTo(database.toConnectOptions()).using(vertx).build());
    Bus bus = Bus.of(vertx);
    MediaRounds rounds = new MediaRounds(postgres, hash -> bus.ask(Addresses.MEDIA_ERASE, hash));
    vertx.runOnContext(start -> vertx.setPeriodic(1, 100, tick -> rounds.goOn()));
  }

  private static Handler<DeliveryContext<Object>> ending(Step step) {
    AtomicInteger asked = new AtomicInteger();
    Set<String> answers = ConcurrentHashMap.newKeySet();
    return delivery -> {
      Message<Object> message = delivery.message();
      if (answers.contains(message.address())) {
        Runtime.getRuntime().halt(KILLED);
      }
      if (message.address().equals(step.address()) && asked.incrementAndGet() == step.times()) {
        if (!step.answer()) {
          Runtime.getRuntime().halt(KILLED);
        }
        answers.add(message.replyAddress());
      }
      delivery.next();
    };
  }
}
