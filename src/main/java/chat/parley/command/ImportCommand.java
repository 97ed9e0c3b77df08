package chat.parley.command;

import chat.parley.Config;
import chat.parley.MediaSettings;
import chat.parley.Secret;
import chat.parley.Setting;
import chat.parley.media.StoredFiles;
import chat.parley.model.Act;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.Migrations;
import chat.parley.persistence.Restore;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley import FILE} */
@Command(
    name = "import",
    header = "Brings an export into an empty server.",
    description =
        "The server must be stopped and have no accounts. The file is read as a whole first: "
            + "when something is wrong with it, or with the server, nothing is changed. Clients of "
            + "the server of before begin anew, whatever they had seen.")
final class ImportCommand extends ServerCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "What 'parley export' wrote.")
  private Path file;

  @Option(
      names = "--end-sessions",
      description =
          "Everybody signs in anew and API keys end: who was signed out after the export is"
              + " otherwise signed in again.")
  private boolean endSessions;

  ImportCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() throws Exception {
    Config config = config();
    Path source = around().folder().resolve(file).toAbsolutePath();
    if (!Files.isRegularFile(source)) {
      throw new Refused("There is no file " + source + ".");
    }
    ArchiveReader archive = new ArchiveReader(source);
    ArchiveCheck.Checked checked = ArchiveCheck.of(archive);
    requireReadable(config, checked);
    Vertx vertx = vertx();
    try (Reach reach = Reach.alone(config)) {
      Restore.requireEmpty(reach.address());
      try (StoredFiles store = StoredFiles.toFill(vertx, MediaSettings.of(config))) {
        fillOrUndo(reach.address(), archive, checked.manifest(), store);
      }
      Migrations.run(reach.address());
      note(vertx, reach.address(), Act.SERVER_IMPORT, details(checked.manifest()));
      if (checked.secret() != null && config.get(Setting.SECRET).isEmpty()) {
        Secret.keep(config, checked.secret());
      }
      tell(checked.manifest());
      return 0;
    } finally {
      close(vertx);
    }
  }

  private Map<String, String> details(Manifest manifest) {
    return Map.of("file", String.valueOf(file.getFileName()), "madeAt", manifest.madeAt());
  }

  private static void requireReadable(Config config, ArchiveCheck.Checked checked) {
    if (checked.manifest().schema() > Migrations.newest()) {
      throw new Refused(
          "The export is of a newer Parley (its schema has version "
              + checked.manifest().schema()
              + ", unknown to this one). Nothing was changed.");
    }
    String set = config.get(Setting.SECRET);
    if (checked.secret() != null && !set.isEmpty() && !set.equals(checked.secret())) {
      throw new Refused(
          "The export has another secret than --secret says: set that one, or none. Nothing was changed.");
    }
  }

  /** Without rows that name them, files would lie about for ever. */
  private void fillOrUndo(
      DatabaseAddress address, ArchiveReader archive, Manifest manifest, StoredFiles store)
      throws Exception {
    try {
      fill(address, archive, manifest, store);
    } catch (Exception failure) {
      archive.read(new Undo(store));
      throw failure;
    }
  }

  private void fill(
      DatabaseAddress address, ArchiveReader archive, Manifest manifest, StoredFiles store)
      throws Exception {
    try (Restore restore = Restore.into(address, manifest.schema())) {
      archive.read(new Importer(manifest, restore, store));
      if (endSessions) {
        restore.endSessions();
      }
      restore.commit();
    }
  }

  private void tell(Manifest manifest) {
    long rows = manifest.tables().stream().mapToLong(Manifest.Table::rows).sum();
    out()
        .printf(
            "Everything of %s is here: %d rows, %d files.%n",
            manifest.madeAt(), rows, manifest.files() - manifest.damaged().size());
    tell("missing", manifest.missing());
    tell("damaged", manifest.damaged());
    if (manifest.secret() == null) {
      out()
          .println(
              "The export had no secret: lay the old one into the data folder, or set it, before people"
                  + " sign in by codes of an app.");
    }
  }
}
