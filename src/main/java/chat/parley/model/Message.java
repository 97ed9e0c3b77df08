package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A message is its (room, seq). Deleted, it is a tombstone: no text.
 *
 * @param version the room's version when this row last changed
 * @param clientId what the sender minted to make sending again safe
 */
public record Message(
    UUID roomId,
    long seq,
    long version,
    UUID clientId,
    Person sender,
    String text,
    Instant sentAt,
    Instant editedAt,
    Instant deletedAt) {}
