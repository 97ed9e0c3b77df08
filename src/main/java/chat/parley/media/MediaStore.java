package chat.parley.media;

import chat.parley.model.Media;
import io.vertx.core.Future;
import java.nio.file.Path;

/**
 * Where the bytes of files are kept, each named by its SHA-256 in hexadecimal digits. Whoever keeps
 * some has seen to it that they are not erased meanwhile.
 */
interface MediaStore {
  /**
   * Keeps a file, so that it is there after a power cut; {@code file} is taken, or left to be
   * deleted. Keeping the same again is fine. Fails with STORAGE_FULL or UNAVAILABLE.
   */
  Future<Void> keep(Path file, String hash, long size);

  /** Where they can be read now; looks at nothing. */
  Media.Place place(String hash);

  /** Takes them away; that there are none is fine. */
  Future<Void> erase(String hash);
}
