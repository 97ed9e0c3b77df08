package chat.parley.model;

import java.util.UUID;

/**
 * A file that a message carries; its bytes are asked for by its id.
 *
 * @param type what its bytes are, never what was claimed of them
 * @param size in bytes
 * @param width in pixels, of the upright picture; null for what is no picture
 * @param height likewise
 * @param thumbnail true when there is a small picture of it, else null
 * @param voice true when it was spoken for this message, else null
 */
public record Attachment(
    UUID id,
    String name,
    String type,
    long size,
    Integer width,
    Integer height,
    Boolean thumbnail,
    Boolean voice) {
  /** How many a message carries at most. */
  public static final int MOST = 10;
}
