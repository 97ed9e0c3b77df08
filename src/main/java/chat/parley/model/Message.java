package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message is its (room, seq). Deleted, it is a tombstone: nothing of what it said or was told of
 * it is left. Nothing in it depends on who reads it.
 *
 * @param version the room's version when this row last changed
 * @param clientId what the sender minted to make sending again safe
 * @param replyTo the seq of the message that this one answers; its words are never copied here
 * @param threadOf the seq of the message whose thread this one belongs to
 * @param thread what was said in the thread of this message; null while nothing was
 * @param forwardedFrom whose words these were first; null when they are the sender's own
 * @param mentions whom the text names; null for nobody
 * @param mentionsRoom true when it calls everybody in the room, else null
 * @param pinnedAt when it was pinned; null unless it is
 * @param reactions null for none
 * @param attachments null for none
 * @param preview what a link in it leads to; null for nothing, or nothing yet
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
    Instant deletedAt,
    Long replyTo,
    Long threadOf,
    Thread thread,
    Origin forwardedFrom,
    List<UUID> mentions,
    Boolean mentionsRoom,
    Instant pinnedAt,
    List<Reaction> reactions,
    List<Attachment> attachments,
    Preview preview) {

  /** How much was said in a message's thread. */
  public record Thread(int replies, long lastSeq) {}

  /** Whose words were forwarded; never where, since not every reader may know of that room. */
  public record Origin(Person sender, Instant sentAt) {}

  /** The same as it calls people, or everybody in the room. */
  public Message calling(List<UUID> people, Boolean everybody) {
    return new Message(
        roomId,
        seq,
        version,
        clientId,
        sender,
        text,
        sentAt,
        editedAt,
        deletedAt,
        replyTo,
        threadOf,
        thread,
        forwardedFrom,
        people,
        everybody,
        pinnedAt,
        reactions,
        attachments,
        preview);
  }

  /** Words alone. */
  public static Message said(
      UUID roomId,
      long seq,
      long version,
      UUID clientId,
      Person sender,
      String text,
      Instant sentAt) {
    return new Message(
        roomId, seq, version, clientId, sender, text, sentAt, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }
}
