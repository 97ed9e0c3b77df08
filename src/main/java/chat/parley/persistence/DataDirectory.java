package chat.parley.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The folder PostgreSQL keeps its files in. It is made aside and renamed when complete, with
 * checksums, with a generated password and with a role and a database called {@code parley}; the
 * rename is what says that it is a database.
 */
final class DataDirectory {
  static final String NAME = "parley";

  private static final String PASSWORD = "password";
  private static final String UNFINISHED = "data-unfinished-";
  private static final String ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n";

  private final Path home;
  private final PostgresBinaries binaries;
  private final ServerUser user;

  DataDirectory(Path home, PostgresBinaries binaries, ServerUser user) {
    this.home = home;
    this.binaries = binaries;
    this.user = user;
  }

  /** Ready to be served: made if it is absent, else checked and its modes and owner put right. */
  Path prepare() throws IOException {
    Path data = path(home);
    // At each start: an initdb whose Parley was killed may have written on after the last sweep.
    deleteUnfinished();
    if (!Files.exists(data)) {
      create(data);
    }
    user.own(data);
    DataFolder.closedFolder(data);
    return data;
  }

  String password() throws IOException {
    return passwordIn(home);
  }

  static String passwordIn(Path home) throws IOException {
    return Files.readString(home.resolve(PASSWORD)).strip();
  }

  /**
   * @throws StartFailure if what lies in the data folder was written by another major version of
   *     PostgreSQL
   */
  static void refuseOtherMajor(Path folder) throws IOException {
    try (Stream<Path> homes = Files.list(folder)) {
      for (Path home : homes.filter(p -> p.getFileName().toString().matches("pg\\d+")).toList()) {
        if (Files.exists(path(home))) {
          refuseOtherMajor(folder, path(home).resolve("PG_VERSION"));
        }
      }
    }
  }

  private static void refuseOtherMajor(Path folder, Path version) throws IOException {
    if (!Files.exists(version)) {
      throw new StartFailure(
          "The folder "
              + version.getParent()
              + " is not a database any more (PG_VERSION is missing):"
              + " restore it from a backup, or move it away to begin anew.");
    }
    String major = Files.readString(version).strip();
    if (!major.equals(PostgresBinaries.MAJOR)) {
      throw new StartFailure(
          "The data folder "
              + folder
              + " holds a database of PostgreSQL "
              + major
              + ", and this Parley brings PostgreSQL "
              + PostgresBinaries.MAJOR
              + ": export it with the Parley that wrote it, then import it here.");
    }
  }

  static Path path(Path home) {
    return home.resolve("data");
  }

  private Path passwordFile() {
    return home.resolve(PASSWORD);
  }

  private void create(Path data) throws IOException {
    String password = newPassword();
    // A fresh name each time: an initdb whose Parley was killed may still be writing to the last
    // one.
    Path unfinished = Files.createTempDirectory(home, UNFINISHED);
    user.own(unfinished);
    initdb(unfinished);
    createDatabase(unfinished, password);
    Files.writeString(unfinished.resolve("pg_hba.conf"), ACCESS);
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    sync(home);
  }

  private void initdb(Path folder) throws IOException {
    Command initdb =
        Command.run(
            user.command(
                binaries.program("initdb"),
                "-D",
                folder.toString(),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile(),
                "--data-checksums",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
    if (!initdb.succeeded()) {
      throw new StartFailure(
          "The database cannot be created in " + home + ": " + initdb.lastLine());
    }
  }

  /**
   * By the single-user server, so that no server is ever seen without them. Parley itself is no
   * superuser.
   */
  private void createDatabase(Path folder, String password) throws IOException {
    Command server =
        Command.run(
            user.command(
                binaries.program("postgres"), "--single", "-D", folder.toString(), "postgres"),
            // Rounds slow down whoever guesses; 256 random bits cannot be guessed, and each
            // connection
            // of each start would have to make them.
            "SET scram_iterations = 1\nCREATE ROLE "
                + NAME
                + " LOGIN PASSWORD '"
                + password
                + "'\nCREATE DATABASE "
                + NAME
                + " OWNER "
                + NAME
                + "\n");
    // It exits with 0 also when a statement failed.
    if (!server.succeeded() || server.output().contains("ERROR:")) {
      throw new StartFailure(
          "The database cannot be created in " + home + ": " + server.lastLine());
    }
  }

  private String newPassword() throws IOException {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    Path file = passwordFile();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(password.getBytes()));
      channel.force(true);
    }
    user.own(file);
    return password;
  }

  private void deleteUnfinished() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      for (Path left :
          files.filter(p -> p.getFileName().toString().startsWith(UNFINISHED)).toList()) {
        PostgresBinaries.delete(left);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(DataDirectory.class)
          .debug("An unfinished database is still being written to", e);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
