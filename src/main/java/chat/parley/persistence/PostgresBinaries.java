package chat.parley.persistence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs that travel in the jar, unpacked once (about 60 MB, 2 s) into a folder
 * named after their checksum, so that a newer jar brings a new folder, and by a rename, so that a
 * half-unpacked one is never run.
 */
final class PostgresBinaries {
  /** The major version in the jar; its data folder is named after it. */
  static final String MAJOR = "18";

  private static final Map<String, String> ARCHIVES =
      Map.of(
          "amd64", "/postgres-linux-x86_64.txz",
          "aarch64", "/postgres-linux-arm_64.txz");

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  static PostgresBinaries unpackInto(Path parent) throws IOException {
    URL archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path folder = parent.resolve("bin-" + checksumAndSize(archive));
    if (!Files.isDirectory(folder)) {
      Path unfinished = parent.resolve("bin-unfinished");
      delete(unfinished);
      unpack(archive, unfinished);
      Command.run(List.of("sync", "-f", unfinished.toString()));
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(folder);
  }

  /**
   * @throws StartFailure where the jar holds no server for this machine
   */
  static URL archive(String system, String processor) {
    String name = system.equals("Linux") ? ARCHIVES.get(processor) : null;
    URL archive = name == null ? null : PostgresBinaries.class.getResource(name);
    if (archive == null) {
      throw new StartFailure(
          "Parley brings a database for Linux on x86-64 and arm64 only, and this is "
              + system
              + " on "
              + processor
              + ": start a PostgreSQL 14 or newer and name it with --database-url.");
    }
    return archive;
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  /** Removes what other versions of the jar unpacked here. */
  void deleteOthers() throws IOException {
    try (Stream<Path> siblings = Files.list(folder.getParent())) {
      for (Path other :
          siblings.filter(p -> p.getFileName().toString().startsWith("bin-")).toList()) {
        if (!other.equals(folder)) {
          delete(other);
        }
      }
    }
  }

  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** As the jar states them: to hash 15 MB itself would take a fifth of every start. */
  private static String checksumAndSize(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      return "%08x-%d".formatted(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
    }
    throw new IOException("not packed in a jar: " + archive);
  }

  private static void unpack(URL archive, Path into) throws IOException {
    try (InputStream in = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(in), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, into.resolve(entry.getName()));
      }
    }
    openFolders(into);
  }

  private static void unpack(InputStream content, TarArchiveEntry entry, Path path)
      throws IOException {
    Files.createDirectories(entry.isDirectory() ? path : path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, path);
      Files.setPosixFilePermissions(
          path,
          PosixFilePermissions.fromString(
              (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
    }
  }

  /** Whatever the umask: the server may run as another user than we do. */
  private static void openFolders(Path tree) throws IOException {
    try (Stream<Path> folders = Files.walk(tree)) {
      for (Path folder :
          folders.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
