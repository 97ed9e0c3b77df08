package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link ServerMain} in a process of its own, with handles on everyone it started, to be killed
 * one by one.
 */
final class ServerJvm implements AutoCloseable {
  private final Process jvm;
  private final BufferedReader output;
  private final Path home;

  private ServerJvm(Process jvm, Path folder) {
    this.jvm = jvm;
    this.output = jvm.inputReader();
    this.home = folder.resolve("pg18");
  }

  /**
   * In a session, and so a process group, of its own, and open to interrupts also where a build
   * runs without.
   */
  static ServerJvm launch(Path folder) throws IOException {
    return launch(
        folder,
        List.of("setsid", "env", "--default-signal=INT"),
        System.getProperty("java.class.path"));
  }

  static ServerJvm launch(Path folder, List<String> prefix, String classPath) throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            ServerMain.class.getName(),
            folder.toString(),
            drained(folder).toString()));
    Process jvm = Command.builder(words).start();
    return new ServerJvm(jvm, folder);
  }

  /** The file whose appearance lets an interrupted server end. */
  static Path drained(Path folder) {
    return folder.resolveSibling(folder.getFileName() + "-drained");
  }

  /** The rest of the first line that begins with this word. */
  String says(String word) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length()).strip();
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("The server never said '" + word + "' but:\n" + seen);
  }

  ServerJvm ready() throws IOException {
    says("ready");
    return this;
  }

  long pid() {
    return jvm.pid();
  }

  ProcessHandle handle() {
    return jvm.toHandle();
  }

  DatabaseAddress address() throws IOException {
    return DatabaseAddress.local(
        Integer.parseInt(pidFile().port()),
        "parley",
        "parley",
        Files.readString(home.resolve("password")));
  }

  private PidFile pidFile() throws IOException {
    return PidFile.read(home.resolve("data").toRealPath()).orElseThrow();
  }

  ProcessHandle postmaster() throws IOException {
    return ProcessHandle.of(pidFile().pid()).orElseThrow();
  }

  /** The shell that waits for the server. */
  ProcessHandle shell() {
    return jvm.toHandle().children().findFirst().orElseThrow();
  }

  /** The shell that waits for us. */
  ProcessHandle watcher() throws IOException {
    long server = postmaster().pid();
    return shell().children().filter(child -> child.pid() != server).findFirst().orElseThrow();
  }

  static void kill(ProcessHandle... victims) throws IOException {
    for (ProcessHandle victim : victims) {
      victim.destroyForcibly();
      awaitEnd(victim);
    }
  }

  static void awaitEnd(ProcessHandle process) throws IOException {
    assertTrue(
        Wait.until(() -> !runs(process), Duration.ofSeconds(20)), "still runs: " + process.pid());
  }

  /** Not so if it is only a name that its parent has not read yet. */
  static boolean runs(ProcessHandle process) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      // It ended before, or while, it was read.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = jvm.descendants().toList();
    jvm.destroyForcibly();
    for (ProcessHandle process : all) {
      awaitEnd(process);
    }
  }
}
