package chat.parley.command;

import chat.parley.Config;
import chat.parley.MediaSettings;
import chat.parley.Secret;
import chat.parley.media.StoredFiles;
import chat.parley.model.Act;
import chat.parley.persistence.Snapshot;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley export FILE} */
@Command(
    name = "export",
    header = "Writes all that is kept into one file, while the server runs or not.",
    description =
        "Accounts, rooms, messages, files and the audit log, as they are at one moment. "
            + "'parley import' reads it with any PostgreSQL. Whoever has the file can read all of "
            + "it.")
final class ExportCommand extends ServerCommand {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Where to write, as parley-2026-12-01.tar.gz; must not be there yet.")
  private Path file;

  @Option(
      names = "--with-secret",
      description =
          "Puts the server's secret into the file. Without it codes of apps, recovery codes and keys"
              + " of platforms cannot be used after an import, unless the secret is kept elsewhere."
              + " With it, whoever has the file can pass for anybody here.")
  private boolean withSecret;

  ExportCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() throws Exception {
    Config config = config();
    Path target = around().folder().resolve(file).toAbsolutePath();
    if (Files.exists(target)) {
      throw new Refused(target + " is there already.");
    }
    if (!Files.isDirectory(target.getParent())) {
      throw new Refused("There is no folder " + target.getParent() + ".");
    }
    Optional<String> secret = withSecret ? Secret.known(config) : Optional.empty();
    Vertx vertx = vertx();
    try (Reach reach = Reach.existing(config)) {
      // Before it: nobody has the file without the log knowing of it, and the file knows of itself.
      note(vertx, reach.address(), Act.SERVER_EXPORT, details());
      try (Snapshot snapshot = Snapshot.of(reach.address());
          StoredFiles store = StoredFiles.toRead(vertx, MediaSettings.of(config))) {
        tell(target, write(snapshot, store, target, secret));
      }
      return 0;
    } finally {
      close(vertx);
    }
  }

  private Map<String, String> details() {
    return Map.of("file", String.valueOf(file.getFileName()), "withSecret", "" + withSecret);
  }

  private static Manifest write(
      Snapshot snapshot, StoredFiles store, Path target, Optional<String> secret)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (ArchiveWriter archive = new ArchiveWriter(target, now)) {
      return new Exporter(snapshot, store, archive).write(now, secret);
    }
  }

  private void tell(Path target, Manifest manifest) throws Exception {
    long rows = manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
    out()
        .printf(
            "%s: %d rows of %d tables, %d files, %d MiB.%n",
            target,
            rows,
            manifest.tables().size(),
            manifest.files(),
            (Files.size(target) >> 20) + 1);
    tell("missing", manifest.missing());
    tell("damaged", manifest.damaged());
    if (manifest.secret() == null) {
      out().println("The server's secret is not in it; keep it apart (see export --help).");
    }
  }
}
