package chat.parley.model;

/** Where a session was opened from, as its owner will see it in the list of sessions. */
public record Device(String address, String agent) {
  /** Somebody there who is not known yet. */
  public Actor stranger(String requestId) {
    return new Actor(null, requestId, address);
  }
}
