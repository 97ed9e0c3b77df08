package chat.parley.media;

import java.net.URI;
import java.nio.file.Path;

/**
 * How files are kept.
 *
 * @param folder for files on their way in, and for all of them unless there is a store
 * @param most bytes of one file
 * @param quota bytes of all files of one person; 0 for as many as they like
 * @param store where else they are kept; null for the folder
 */
public record MediaOptions(Path folder, long most, long quota, S3 store) {
  /** What a server is set to when nobody says. */
  public static MediaOptions of(Path folder) {
    return new MediaOptions(folder, 25 << 20, 1 << 30, null);
  }

  /** The same with other bounds. */
  public MediaOptions bounded(long most, long quota) {
    return new MediaOptions(folder, most, quota, store);
  }

  /** The same with another place for all files. */
  public MediaOptions with(S3 store) {
    return new MediaOptions(folder, most, quota, store);
  }

  /**
   * A store that speaks S3; the bucket is a part of the path.
   *
   * @param anywhere whether it may be at a private address
   */
  public record S3(
      URI url, String region, String bucket, String key, String secret, boolean anywhere) {
    @Override
    public String toString() {
      return "S3[" + url + ", " + bucket + "]";
    }
  }
}
