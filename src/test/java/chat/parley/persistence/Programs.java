package chat.parley.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** PostgreSQL's programs, unpacked once a JVM, as unpacking is most of a first start. */
public final class Programs {
  private static Path unpacked;

  private Programs() {}

  /** Lays them where a server that starts on this empty data folder finds its own. */
  public static void into(Path folder) throws IOException {
    Path home = Files.createDirectory(folder.resolve("pg" + PostgresBinaries.MAJOR));
    Files.createSymbolicLink(home.resolve(unpacked().getFileName()), unpacked());
  }

  private static synchronized Path unpacked() throws IOException {
    if (unpacked == null) {
      Path shared = Files.createTempDirectory("parley-it-programs-");
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpacked =
          Path.of(PostgresBinaries.unpackInto(shared).program("postgres")).getParent().getParent();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(shared)));
    }
    return unpacked;
  }

  private static void delete(Path tree) {
    try {
      PostgresBinaries.delete(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
