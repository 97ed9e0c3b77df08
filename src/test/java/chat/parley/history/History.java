package chat.parley.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What all clients of a run wrote down, by one monotonic clock; any thread may write. */
public final class History {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Collection<Fact> facts = new ConcurrentLinkedQueue<>();
  private final AtomicLong ids = new AtomicLong();
  private final long origin = System.nanoTime();

  /** Nanoseconds since the history began. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** A number for an attempt or a request. */
  public long nextId() {
    return ids.incrementAndGet();
  }

  public void add(Fact fact) {
    facts.add(fact);
  }

  /** All of it in the order of time; what has the same time stays as it was written. */
  public List<Fact> facts() {
    return facts.stream().sorted(Comparator.comparingLong(Fact::at)).toList();
  }

  /** One fact a line, its kind first, so that a violation can be looked at in its surroundings. */
  public Path write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      try (BufferedWriter lines = Files.newBufferedWriter(file)) {
        for (Fact fact : facts()) {
          lines.write("{\"" + fact.getClass().getSimpleName() + "\":");
          lines.write(JSON.writeValueAsString(fact));
          lines.write("}\n");
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
