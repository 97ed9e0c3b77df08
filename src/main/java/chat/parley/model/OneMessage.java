package chat.parley.model;

import java.util.List;

/**
 * A message alone in an answer, and beside it what depends on its reader.
 *
 * @param mine with which the reader has reacted, oldest first; null where that was not looked up
 */
public record OneMessage(Message message, List<String> mine) {
  /** One that its reader has just said. */
  public OneMessage(Message message) {
    this(message, null);
  }
}
