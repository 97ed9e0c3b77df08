package chat.parley.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Programs that tests call. A bare Debian or Ubuntu machine where the tests run as root, such as a
 * build container, gets those that are missing installed, once; anywhere else their absence is a
 * failure that says what to install.
 */
public final class Packages {
  private Packages() {}

  /** These programs are there, each in the package of its name. */
  public static void require(String... programs) {
    List<String> missing =
        Stream.of(programs).filter(program -> onPath(program).isEmpty()).toList();
    if (!missing.isEmpty()) {
      install(() -> missing.stream().allMatch(name -> onPath(name).isPresent()), missing);
    }
  }

  /** The first of these programs that is there; the first call may take minutes. */
  static Path executable(List<String> names, List<String> packages) {
    return find(names)
        .or(
            () -> {
              install(() -> find(names).isPresent(), packages);
              return find(names);
            })
        .orElseThrow(() -> new IllegalStateException(advice(packages)));
  }

  private static String advice(List<String> packages) {
    return "These tests need more programs; on Debian or Ubuntu: apt-get install "
        + String.join(" ", packages);
  }

  private static Optional<Path> find(List<String> names) {
    return names.stream().flatMap(name -> onPath(name).stream()).findFirst();
  }

  private static Optional<Path> onPath(String name) {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Stream.concat(Stream.of(folders), Stream.of("/usr/bin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The lock makes builds that run side by side on one machine wait for the first of them. */
  private static synchronized void install(BooleanSupplier isThere, List<String> packages) {
    if (!runsAsRoot() || onPath("apt-get").isEmpty()) {
      throw new IllegalStateException(advice(packages));
    }
    var lockFile = Path.of(System.getProperty("java.io.tmpdir"), "parley-packages.lock");
    try (var channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (lock.isValid() && !isThere.getAsBoolean()) {
        aptGet(3, List.of("update"));
        aptGet(
            10,
            Stream.concat(Stream.of("install", "-y", "--no-install-recommends"), packages.stream())
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(advice(packages), e);
    }
  }

  private static boolean runsAsRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void aptGet(int minutes, List<String> arguments) throws IOException {
    var log = Files.createTempFile("parley-apt", ".log");
    var command = Stream.concat(Stream.of("apt-get", "-q"), arguments.stream()).toList();
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    if (!finishes(builder.start(), minutes)) {
      throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
    }
    Files.delete(log);
  }

  private static boolean finishes(Process process, int minutes) {
    try {
      return process.waitFor(minutes, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroy();
    }
  }
}
