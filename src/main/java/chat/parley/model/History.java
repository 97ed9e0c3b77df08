package chat.parley.model;

import java.util.List;

/**
 * A page of a room's messages, ascending, with the room's head in the same snapshot.
 *
 * @param next the seq to go on from in the same direction; null at the end
 */
public record History(List<Message> items, Long next, Head head) {}
