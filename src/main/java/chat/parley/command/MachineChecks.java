package chat.parley.command;

import chat.parley.command.Finding.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What the doctor asks this machine: Java, memory, files, the disk under the data folder. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final int NEWEST_JAVA = 25;
  private static final long ENOUGH_HEAP_MIB = 200;
  private static final long ENOUGH_FILES = 4_096;
  private static final long LITTLE_SPACE_MIB = 2_048;
  private static final long NO_SPACE_MIB = 256;
  private static final int SYNCS = 20;
  private static final long SLOW_SYNC_US = 20_000;

  private MachineChecks() {}

  static List<Finding> of(Path data) {
    List<Finding> found = new ArrayList<>(List.of(java(), memory(), files()));
    if (Files.isDirectory(data)) {
      found.add(folder(data));
      found.add(space(data));
      found.add(disk(data));
    } else {
      found.add(
          Finding.ok(
              "data folder", data.toAbsolutePath().normalize() + " is made by the first start"));
    }
    return found;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    String says = "Java " + Runtime.version();
    return version >= OLDEST_JAVA && version <= NEWEST_JAVA
        ? Finding.ok("java", says)
        : Finding.warn("java", says, "Parley is tested with Java 17 to 25.");
  }

  private static Finding memory() {
    long mib = Runtime.getRuntime().maxMemory() >> 20;
    String says = mib + " MiB of heap at most";
    return mib >= ENOUGH_HEAP_MIB
        ? Finding.ok("memory", says)
        : Finding.warn("memory", says, "Give the server more by -Xmx256m.");
  }

  private static Finding files() {
    try {
      String limit =
          Files.readAllLines(Path.of("/proc/self/limits")).stream()
              .filter(line -> line.startsWith("Max open files"))
              .map(line -> line.split("\\s{2,}")[1])
              .findFirst()
              .orElse("unlimited");
      boolean enough = limit.equals("unlimited") || Long.parseLong(limit) >= ENOUGH_FILES;
      String says = "at most " + limit + " open at a time, of which each connection takes one";
      return enough
          ? Finding.ok("open files", says)
          : Finding.warn("open files", says, "Raise it: ulimit -n 65536, LimitNOFILE= of systemd.");
    } catch (IOException | NumberFormatException e) {
      return Finding.warn("open files", "their limit cannot be read", "Look at ulimit -n.");
    }
  }

  private static Finding folder(Path data) {
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
      String says = data.toAbsolutePath().normalize() + " has the mode " + mode;
      return mode.endsWith("------")
          ? Finding.ok("data folder", says)
          : Finding.fail("data folder", says, "Let nobody else in: chmod 700 " + data);
    } catch (IOException e) {
      return Finding.fail(
          "data folder", data + " cannot be read", "Run this as the server's user.");
    }
  }

  private static Finding space(Path data) {
    try {
      long mib = Files.getFileStore(data).getUsableSpace() >> 20;
      Level level =
          mib < NO_SPACE_MIB ? Level.FAIL : mib < LITTLE_SPACE_MIB ? Level.WARN : Level.OK;
      return new Finding(
          level, "space", mib + " MiB are free", level == Level.OK ? "" : "Make room on the disk.");
    } catch (IOException e) {
      return Finding.warn("space", "cannot be told: " + e.getMessage(), "Look at df -h.");
    }
  }

  /** How long a write takes to be on the disk, which each send waits for: the median. */
  private static Finding disk(Path data) {
    Path probe = data.resolve("doctor.probe");
    try {
      long[] took = new long[SYNCS];
      try (FileChannel channel =
          FileChannel.open(
              probe,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        for (int i = 0; i < SYNCS; i++) {
          long begun = System.nanoTime();
          channel.write(ByteBuffer.wrap(new byte[4_096]), 4_096L * i);
          channel.force(true);
          took[i] = (System.nanoTime() - begun) / 1_000;
        }
      }
      java.util.Arrays.sort(took);
      long median = took[SYNCS / 2];
      String says = "a write is on it after " + median / 1_000 + "." + median % 1_000 / 100 + " ms";
      return median < SLOW_SYNC_US
          ? Finding.ok("disk", says)
          : Finding.warn("disk", says, "Every message waits for that: a faster disk helps.");
    } catch (IOException e) {
      return Finding.fail(
          "disk", "cannot be written to: " + e.getMessage(), "Run this as the server's user.");
    }
  }
}
