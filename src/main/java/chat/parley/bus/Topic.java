package chat.parley.bus;

/**
 * One kind of announcement on the bus: published by one service, heard by any number, answered by
 * nobody.
 *
 * @param prefix the bus address, or its beginning when there is one topic a room or user
 * @param says who announces what, in one sentence
 */
public record Topic<E>(String prefix, String says) {
  /** The address for one room or user. */
  public String of(Object key) {
    return prefix + key;
  }
}
