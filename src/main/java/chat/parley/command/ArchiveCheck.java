package chat.parley.command;

import chat.parley.command.Manifest.Table;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a whole export and holds each byte of it against the manifest. */
final class ArchiveCheck implements ArchiveReader.Listener {
  private final Map<String, Sha256> tables = new HashMap<>();
  private final List<String> damaged = new ArrayList<>();
  private final byte[] buffer = new byte[64 << 10];
  private long files;
  private Manifest manifest;
  private String secret;

  private ArchiveCheck() {}

  /** What is in it. */
  record Checked(Manifest manifest, String secret) {}

  /** Throws {@link Refused} unless it is whole and as it was written. */
  static Checked of(ArchiveReader archive) throws Exception {
    ArchiveCheck check = new ArchiveCheck();
    archive.read(check);
    if (check.manifest == null) {
      throw new Refused("This is no whole export: its manifest is missing.");
    }
    check.compare();
    return new Checked(check.manifest, check.secret);
  }

  private void compare() {
    for (Table table : manifest.tables()) {
      Sha256 found = tables.remove(table.name());
      require(
          (found == null ? Sha256.of("") : found.end()).equals(table.sha256()),
          "the rows of " + table.name() + " are not as they were written");
    }
    require(tables.isEmpty(), "its manifest knows nothing of " + tables.keySet());
    require(files == manifest.files(), "it has " + files + " of " + manifest.files() + " files");
    require(
        manifest.damaged().containsAll(damaged), "files are not as they were written: " + damaged);
    require(
        (secret == null) == (manifest.secret() == null)
            && (secret == null || Sha256.of(secret).equals(manifest.secret())),
        "the secret is not as it was written");
  }

  private static void require(boolean right, String objection) {
    if (!right) {
      throw new Refused("The export is damaged: " + objection + ". Nothing was changed.");
    }
  }

  @Override
  public void rows(String table, InputStream bytes) throws IOException {
    drain(bytes, tables.computeIfAbsent(table, name -> new Sha256()));
  }

  @Override
  public void file(String hash, InputStream bytes) throws IOException {
    Sha256 sha = new Sha256();
    drain(bytes, sha);
    files++;
    if (!sha.end().equals(hash)) {
      damaged.add(hash);
    }
  }

  @Override
  public void text(String name, String text) {
    if (name.equals(Manifest.NAME)) {
      manifest = Manifest.of(text);
    } else {
      secret = text;
    }
  }

  private void drain(InputStream bytes, Sha256 sha) throws IOException {
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      sha.add(buffer, count);
    }
  }
}
