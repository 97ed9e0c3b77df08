package chat.parley.model;

import java.util.List;

/**
 * What changed in a room since a version, in the shape of live events.
 *
 * @param head the room's head in the same snapshot
 * @param more true when a further call with the last item's version is needed
 */
public record Sync(List<Event> items, Head head, boolean more) {}
