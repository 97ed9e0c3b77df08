package chat.parley.command;

import chat.parley.command.Manifest.Table;
import chat.parley.media.StoredFiles;
import chat.parley.persistence.Restore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Brings a checked export into a database and a store of files. Files come before the rows that
 * name them become visible, so a file that a row names is there, whenever this breaks off.
 */
final class Importer implements ArchiveReader.Listener {
  private final Manifest manifest;
  private final Restore restore;
  private final StoredFiles store;
  private final Set<String> damaged;
  private final byte[] buffer = new byte[64 << 10];
  private Table table;
  private Restore.Rows rows;

  Importer(Manifest manifest, Restore restore, StoredFiles store) {
    this.manifest = manifest;
    this.restore = restore;
    this.store = store;
    this.damaged = Set.copyOf(manifest.damaged());
  }

  @Override
  public void rows(String name, InputStream bytes) throws IOException {
    if (table == null || !table.name().equals(name)) {
      endTable();
      table = manifest.tables().stream().filter(each -> each.name().equals(name)).findFirst().get();
      rows = restore.open(name, table.columns());
    }
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      rows.write(buffer, count);
    }
  }

  private void endTable() {
    if (table != null && rows.end() != table.rows()) {
      throw new Refused(
          "The export says that "
              + table.name()
              + " has "
              + table.rows()
              + " rows; it has others.");
    }
    table = null;
  }

  @Override
  public void file(String hash, InputStream bytes) throws IOException {
    endTable();
    if (damaged.contains(hash)) {
      return;
    }
    Path coming = store.next();
    long size = 0;
    try (FileChannel channel =
            FileChannel.open(coming, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      size = bytes.transferTo(out);
      channel.force(true);
    }
    store.keep(coming, hash, size);
  }

  @Override
  public void text(String name, String text) {
    endTable();
    if (name.equals(Manifest.NAME)) {
      restore.continueAfter(manifest.sequences());
    }
  }
}
