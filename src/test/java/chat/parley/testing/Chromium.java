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
import java.util.stream.Stream;

/**
 * The browser that browser tests drive: the Chromium or Chrome of this machine. A bare Debian or
 * Ubuntu machine where the tests run as root, such as a build container, gets one installed, with
 * fonts, once; anywhere else its absence is a failure that says what to install.
 */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> PACKAGES =
      List.of("chromium", "fonts-noto-color-emoji", "fonts-dejavu");
  private static final String ADVICE =
      "Browser tests need Chromium or Chrome on the PATH; on Debian or Ubuntu: apt-get install "
          + String.join(" ", PACKAGES);

  private Chromium() {}

  /** The path of the browser's executable; the first call may take minutes if it installs one. */
  static synchronized Path executable() {
    return find()
        .or(
            () -> {
              install();
              return find();
            })
        .orElseThrow(() -> new IllegalStateException(ADVICE));
  }

  private static Optional<Path> find() {
    return NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst();
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
  private static void install() {
    if (!runsAsRoot() || onPath("apt-get").isEmpty()) {
      throw new IllegalStateException(ADVICE);
    }
    var lockFile = Path.of(System.getProperty("java.io.tmpdir"), "parley-chromium.lock");
    try (var channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (lock.isValid() && find().isEmpty()) {
        aptGet(3, List.of("update"));
        aptGet(10, install("-y", "--no-install-recommends"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(ADVICE, e);
    }
  }

  private static List<String> install(String... flags) {
    return Stream.of(Stream.of("install"), Stream.of(flags), PACKAGES.stream())
        .flatMap(part -> part)
        .toList();
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
