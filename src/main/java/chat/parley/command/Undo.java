package chat.parley.command;

import chat.parley.media.StoredFiles;
import java.io.IOException;
import java.io.InputStream;

/** Takes away every file that an import may have brought, and nothing else. */
final class Undo implements ArchiveReader.Listener {
  private final StoredFiles store;

  Undo(StoredFiles store) {
    this.store = store;
  }

  @Override
  public void file(String hash, InputStream bytes) throws IOException {
    store.erase(hash);
  }

  @Override
  public void rows(String table, InputStream bytes) {
    // Their transaction has not been committed.
  }

  @Override
  public void text(String name, String text) {
    // Was not brought anywhere.
  }
}
