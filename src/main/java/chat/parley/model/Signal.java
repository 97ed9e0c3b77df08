package chat.parley.model;

import java.util.UUID;

/**
 * Something that happens in a room and does not last: typing, presence. Lost, it is not asked for
 * again.
 *
 * @param version how far the sender's node had heard the room; a node that has heard less drops the
 *     signal, since somebody may have been removed in between
 * @param fromUserId who caused it: their own sockets need not hear it
 * @param json the event as sent to clients, UTF-8
 */
public record Signal(UUID roomId, long version, UUID fromUserId, byte[] json) implements RoomNews {}
