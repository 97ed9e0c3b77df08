package chat.parley.persistence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Copies what PostgreSQL prints into {@code postgresql.log}, and at 8 MiB begins anew, keeping one
 * older file: its own log collector cannot bound the size. On a full disk lines are dropped, as a
 * server whose output nobody reads would stand still.
 */
final class ServerLog {
  private static final long LIMIT = 8 << 20;
  private static final int REMEMBERED = 50;

  private final Path file;
  private final long limit;
  private final Deque<String> last = new ArrayDeque<>();
  private Writer writer;
  private long size;

  ServerLog(Path folder) {
    this(folder, LIMIT);
  }

  ServerLog(Path folder, long limit) {
    this.file = folder.resolve("postgresql.log");
    this.limit = limit;
  }

  Path file() {
    return file;
  }

  /** Follows one server's output to its end, on a thread of its own. */
  Thread follow(InputStream output) {
    Thread thread = new Thread(() -> copy(output), "postgresql-log");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** The newest remembered line with this in it. */
  synchronized Optional<String> lastWith(String part) {
    return last.stream().filter(line -> line.contains(part)).findFirst();
  }

  synchronized void forget() {
    last.clear();
  }

  private void copy(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(ServerLog.class).debug("The output of PostgreSQL ended", e);
    } finally {
      close();
    }
  }

  private synchronized void take(String line) {
    last.addFirst(line);
    if (last.size() > REMEMBERED) {
      last.removeLast();
    }
    try {
      write(line);
    } catch (IOException e) {
      // Dropped, see above; the next line tries again.
      close();
    }
  }

  private void write(String line) throws IOException {
    if (size > limit) {
      close();
      Files.move(
          file, file.resolveSibling("postgresql.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (writer == null) {
      open();
    }
    writer.write(line);
    writer.write('\n');
    writer.flush();
    size += line.length() + 1;
  }

  private void open() throws IOException {
    writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    size = Files.size(file);
  }

  private synchronized void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(ServerLog.class).debug("The log of PostgreSQL cannot be closed", e);
    }
    writer = null;
  }
}
