package chat.parley.command;

import chat.parley.command.Manifest.Table;
import chat.parley.media.StoredFiles;
import chat.parley.persistence.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one consistent export: every table as it was at one moment, then the files that it knows
 * of, then the manifest. What is written meanwhile is not in it and is not held up by it.
 */
final class Exporter {
  private final Snapshot snapshot;
  private final StoredFiles store;
  private final ArchiveWriter archive;
  private final List<String> missing = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private long files;

  Exporter(Snapshot snapshot, StoredFiles store, ArchiveWriter archive) {
    this.snapshot = snapshot;
    this.store = store;
    this.archive = archive;
  }

  Manifest write(Instant madeAt, Optional<String> secret) throws IOException {
    List<Table> tables = new ArrayList<>();
    for (Map.Entry<String, List<String>> table : snapshot.tables().entrySet()) {
      tables.add(table(table.getKey(), table.getValue()));
    }
    snapshot.files(this::file);
    if (secret.isPresent()) {
      archive.add(Manifest.SECRET, secret.get());
    }
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            Commands.versionOfThisJar(),
            snapshot.schema(),
            madeAt.toString(),
            tables,
            snapshot.sequences(),
            files,
            missing,
            damaged,
            secret.map(Sha256::of).orElse(null));
    archive.add(Manifest.NAME, manifest.encode());
    archive.finish();
    return manifest;
  }

  private Table table(String name, List<String> columns) throws IOException {
    ArchiveWriter.Pieces pieces = archive.pieces("tables/" + name);
    long rows = snapshot.copy(name, pieces);
    pieces.close();
    return new Table(name, columns, rows, pieces.sha256());
  }

  /** One that is not there is no reason to have no backup. */
  private void file(String hash) throws IOException {
    StoredFiles.Found found = store.read(hash).orElse(null);
    if (found == null) {
      missing.add(hash);
      return;
    }
    try (InputStream bytes = found.bytes()) {
      String name = "media/" + hash.substring(0, 2) + "/" + hash.substring(2);
      if (!archive.add(name, found.size(), bytes).equals(hash)) {
        damaged.add(hash);
      }
      files++;
    }
  }
}
