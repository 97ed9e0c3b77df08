package chat.parley.bus;

/**
 * One conversation on the bus: whoever serves it takes a {@code Q} and answers with an {@code R} or
 * a {@link Failure}.
 *
 * @param name the bus address
 * @param says who asks whom for what, in one sentence
 * @param patienceMs after which nobody waits for the answer any more
 */
public record Address<Q, R>(String name, String says, long patienceMs) {
  /** Longer than any statement timeout, so that whoever serves answers first. */
  private static final long PATIENCE_MS = 15_000;

  /** As patient as most are. */
  public Address(String name, String says) {
    this(name, says, PATIENCE_MS);
  }
}
