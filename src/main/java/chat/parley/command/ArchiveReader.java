package chat.parley.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Goes through an export from its beginning to its end, as often as one likes. */
final class ArchiveReader {
  private static final int MOST_TEXT = 256 << 20;

  private final Path file;

  ArchiveReader(Path file) {
    this.file = file;
  }

  /** Who is told of what is in it. */
  interface Listener {
    /** A piece of a table; those of a table follow each other. */
    void rows(String table, InputStream bytes) throws Exception;

    /** A file, by the hash that its name says. */
    void file(String hash, InputStream bytes) throws Exception;

    /** The manifest, or the secret. */
    void text(String name, String text) throws Exception;
  }

  /** Throws {@link Refused} when it is no export, or not a whole one. */
  void read(Listener listener) throws Exception {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), 1 << 16),
            "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        tell(entry, tar, listener);
      }
    } catch (IOException broken) {
      throw new Refused(file + " is no whole export: " + broken.getMessage() + ".");
    }
  }

  private static void tell(TarArchiveEntry entry, InputStream tar, Listener listener)
      throws Exception {
    String name = entry.getName();
    if (name.matches("tables/[a-z0-9_]{1,63}/\\d{6,}")) {
      listener.rows(name.split("/")[1], tar);
    } else if (name.matches("media/[0-9a-f]{2}/[0-9a-f]{62}")) {
      listener.file(name.substring("media/".length()).replace("/", ""), tar);
    } else if (name.equals(Manifest.NAME) || name.equals(Manifest.SECRET)) {
      listener.text(name, text(tar));
    } else {
      throw new Refused("There is something in the export that does not belong there: " + name);
    }
  }

  private static String text(InputStream tar) throws IOException {
    byte[] bytes = tar.readNBytes(MOST_TEXT + 1);
    if (bytes.length > MOST_TEXT) {
      throw new IOException("its manifest is too large");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
