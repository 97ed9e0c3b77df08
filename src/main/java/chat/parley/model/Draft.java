package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * What somebody has begun to write in a room.
 *
 * @param replyTo the seq of the message it is to answer; null for none
 * @param at when it was last changed
 */
public record Draft(UUID roomId, String text, Long replyTo, Instant at) {}
