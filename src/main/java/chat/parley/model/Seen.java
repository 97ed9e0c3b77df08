package chat.parley.model;

import java.util.UUID;

/**
 * Somebody has read further in a room; passing, as the marks themselves can be asked for.
 * Persistence announces it in small rooms.
 *
 * @param version where the room stood: a node that has heard less waits until it has heard as much,
 *     since somebody may have been removed in between
 */
public record Seen(UUID roomId, long version, UUID userId, long seq) implements RoomNews {}
