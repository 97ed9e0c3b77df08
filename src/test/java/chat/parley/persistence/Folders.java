package chat.parley.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Data folders for the tests of one class, which every user may walk into. All but {@link #empty}
 * share the unpacked programs, as unpacking is most of a first start.
 */
final class Folders implements BeforeAllCallback, AfterAllCallback {
  private static Path programs;
  private Path parent;
  private int count;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    parent = Files.createTempDirectory("parley-it-");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path parent() {
    return parent;
  }

  Path empty() throws IOException {
    return Files.createDirectory(parent.resolve("data" + count++));
  }

  /** The one that was given out last. */
  Path last() {
    return parent.resolve("data" + (count - 1));
  }

  Path unpacked() throws IOException {
    Path folder = empty();
    Path home = Files.createDirectory(folder.resolve("pg18"));
    Files.createSymbolicLink(home.resolve(programs().getFileName()), programs());
    return folder;
  }

  private static synchronized Path programs() throws IOException {
    if (programs == null) {
      Path shared = Files.createTempDirectory("parley-it-programs-");
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
      programs =
          Path.of(PostgresBinaries.unpackInto(shared).program("postgres")).getParent().getParent();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(shared)));
    }
    return programs;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    delete(parent);
  }

  private static void delete(Path tree) {
    try {
      PostgresBinaries.delete(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
