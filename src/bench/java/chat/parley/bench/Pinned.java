package chat.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process on core 0, where all servers run; the load, which is this process, stays on core 1.
 * Where there is no {@code taskset} or only one core nothing is pinned, and the results say so.
 */
public final class Pinned implements AutoCloseable {
  /** Counted before this process is pinned, and then sees only one. */
  static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final boolean POSSIBLE =
      CORES > 1
          && (Files.isExecutable(Path.of("/usr/bin/taskset"))
              || Files.isExecutable(Path.of("/bin/taskset")));
  private static boolean pinned;

  private final Process process;
  private final PrintStream input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Pinned(Process process, Path log) throws IOException {
    this.process = process;
    this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    PrintStream copy = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> read(copy), "output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(PrintStream copy) {
    try (copy;
        BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().peek(copy::println).forEach(lines::add);
    } catch (IOException | UncheckedIOException gone) {
      copy.println("(output ended)");
    }
  }

  /** Puts this process, with all its threads, on core 1. */
  static void pinSelf() {
    if (POSSIBLE) {
      try {
        Process taskset =
            new ProcessBuilder("taskset", "-a", "-c", "-p", "1", "" + ProcessHandle.current().pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        pinned = taskset.waitFor() == 0;
      } catch (IOException e) {
        pinned = false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static boolean isPinned() {
    return pinned;
  }

  /** {@code java} with these arguments on core 0; what it prints goes to {@code log}. */
  public static Pinned java(Path log, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (pinned) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.directory(log.getParent().toFile()).environment().putAll(environment);
      Pinned started = new Pinned(builder.start(), log);
      // Nothing outlives the bench, however that ends.
      Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroy));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public void tell(String line) {
    input.println(line);
  }

  /** Waits for the next line that begins so, and gives what follows. */
  public String await(String beginning, long seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < deadline) {
      try {
        String line = lines.poll(50, TimeUnit.MILLISECONDS);
        if (line != null && line.startsWith(beginning)) {
          return line.substring(beginning.length()).strip();
        }
        if (line == null && !isAlive()) {
          throw new IllegalStateException("The process ended before it said " + beginning);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("Nothing said " + beginning + " within " + seconds + " s");
  }

  /** Asks it to end, and insists. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
