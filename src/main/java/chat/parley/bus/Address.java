package chat.parley.bus;

/**
 * One conversation on the bus: whoever serves it takes a {@code Q} and answers with an {@code R} or
 * a {@link Failure}.
 *
 * @param name the bus address
 * @param says who asks whom for what, in one sentence
 */
public record Address<Q, R>(String name, String says) {}
