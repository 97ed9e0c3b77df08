package chat.parley.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of exports, each named by its moment ({@code parley-20261201T0300Z.tar.gz}): how old the
 * newest is, and which are too many. What has another name is nobody's business here.
 */
record BackupFolder(Path path) {
  private static final String PREFIX = "parley-";
  private static final String SUFFIX = ".tar.gz";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

  Path at(Instant moment) {
    return path.resolve(PREFIX + TIME.format(moment) + SUFFIX);
  }

  /** Empty when there is none. */
  Optional<Instant> newest() throws IOException {
    List<Path> all = all();
    return all.isEmpty() ? Optional.empty() : moment(all.get(all.size() - 1));
  }

  /** Whether it is time for another. */
  boolean isDue(Instant now, Duration every) throws IOException {
    return newest().map(last -> !now.isBefore(last.plus(every))).orElse(true);
  }

  /** Deletes the oldest until so many are left. */
  void keep(int count) throws IOException {
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - count))) {
      Files.delete(old);
    }
  }

  /** The oldest first. */
  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> moment(file).isPresent())
          .sorted(Comparator.comparing(file -> moment(file).orElseThrow()))
          .toList();
    }
  }

  private static Optional<Instant> moment(Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      String time = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
      return Optional.of(TIME.parse(time, Instant::from));
    } catch (DateTimeParseException another) {
      return Optional.empty();
    }
  }
}
