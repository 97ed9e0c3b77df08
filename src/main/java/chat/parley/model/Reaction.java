package chat.parley.model;

import java.util.List;
import java.util.UUID;

/**
 * One kind of reaction to a message.
 *
 * @param count how many people reacted so
 * @param some who, in the order in which they did, at most the first {@link #SOME}
 */
public record Reaction(String emoji, int count, List<UUID> some) {
  /** How many are named. */
  public static final int SOME = 20;

  /** How many kinds of reaction a message can have. */
  public static final int KINDS = 20;
}
