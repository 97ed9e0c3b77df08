package chat.parley.model;

import java.util.List;
import java.util.Map;

/**
 * What changed in a room since a version, in the shape of live events.
 *
 * @param head the room's head in the same snapshot
 * @param mine by seq, with which the reader has reacted to the messages among the items; only where
 *     they have
 * @param more true when a further call with the last item's version is needed
 */
public record Sync(List<Event> items, Map<Long, List<String>> mine, Head head, boolean more) {}
