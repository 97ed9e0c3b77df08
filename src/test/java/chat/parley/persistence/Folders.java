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
 * share the unpacked {@link Programs}.
 */
final class Folders implements BeforeAllCallback, AfterAllCallback {
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
    Programs.into(folder);
    return folder;
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
