package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is asked about files. */
public final class Media {
  private Media() {}

  /**
   * May this person send a file?
   *
   * @param size as declared; 0 when that was not said
   */
  public record Admit(UUID userId, long size) {}

  /** The answer: where its bytes are to be written, and how many there may be. */
  public record Incoming(String file, long most) {}

  /**
   * A file that has come in, and is safely on the disk; it is taken from there or deleted.
   *
   * @param hash SHA-256 in hexadecimal digits
   * @param name as it was claimed
   * @param voice whether it was spoken for a message
   */
  public record Received(
      Actor actor, String file, String hash, long size, String name, boolean voice) {}

  /** These bytes are about to be stored; nobody takes them away for a day. */
  public record Intend(List<String> hashes) {}

  /**
   * Keep this for its owner.
   *
   * @param most how many bytes the owner may have in all; 0 for as many as they like
   */
  public record Add(Actor actor, Stored file, long most) {}

  /**
   * A file as it is kept.
   *
   * @param hash SHA-256 in hexadecimal digits
   * @param small a small picture of it; null for none
   */
  public record Stored(Attachment shown, String hash, Small small, Instant createdAt) {}

  /** A small picture of a file. */
  public record Small(String hash, String type, int size) {}

  /** A file that the reader may see. */
  public record Get(UUID readerId, UUID mediaId, boolean small) {}

  /** Forget a file that the actor has not sent. */
  public record Remove(Actor actor, UUID mediaId) {}

  /** A person's own files after one; null for the first. */
  public record OwnAfter(UUID userId, UUID after) {}

  /**
   * Bytes to be answered.
   *
   * @param hash SHA-256 in hexadecimal digits
   */
  public record Content(String name, String type, long size, String hash, Place place) {}

  /** Where bytes are. */
  public sealed interface Place {
    /**
     * @param path under the folder of files, as a server before this one finds it
     */
    record Disk(String file, String path) implements Place {}

    /**
     * To be asked there, soon.
     *
     * @param anywhere whether that may be a private address
     */
    record Elsewhere(String url, boolean anywhere) implements Place {
      @Override
      public String toString() {
        return "Elsewhere[…]";
      }
    }
  }

  /** Opens a file to whoever has the token. */
  public record Link(UUID userId, UUID mediaId) {}

  /** A token that came for a file. */
  public record Shown(UUID mediaId, String token) {
    @Override
    public String toString() {
      return "Shown[" + mediaId + "]";
    }
  }
}
