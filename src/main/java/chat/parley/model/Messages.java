package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is asked about messages. */
public final class Messages {
  private Messages() {}

  /** Say something; the same {@code clientId} again is answered with the first message. */
  public record Post(Actor actor, UUID roomId, UUID clientId, String text, Context context) {
    /** Words that stand alone. */
    public Post(Actor actor, UUID roomId, UUID clientId, String text) {
      this(actor, roomId, clientId, text, Context.NONE);
    }
  }

  /**
   * What a message stands in.
   *
   * @param replyTo the seq of the message that it answers, or null
   * @param threadOf the seq of the message whose thread it belongs to, or null
   * @param forwarded the message whose words it repeats, or null
   * @param carries the files, in their order
   */
  public record Context(Long replyTo, Long threadOf, Forwarded forwarded, List<UUID> carries) {
    public static final Context NONE = new Context(null, null, null);

    /** Without files. */
    public Context(Long replyTo, Long threadOf, Forwarded forwarded) {
      this(replyTo, threadOf, forwarded, List.of());
    }
  }

  /** The message that is forwarded, and whose words those were first: not always its sender's. */
  public record Forwarded(UUID roomId, long seq, Origin origin) {}

  /**
   * Forward a message to another room; the same {@code clientId} again is answered with the first.
   */
  public record Forward(Actor actor, UUID roomId, long seq, UUID targetId, UUID clientId) {}

  /** Where a message was said first: for those who may see it there. */
  public record Place(UUID roomId, long seq) {}

  /** Where words were said first, and by whom; kept, and shown only to who may see that room. */
  public record Origin(UUID roomId, long seq, UUID senderId, Instant sentAt) {}

  /** A page before or after a seq; both null means the newest. */
  public record ReadPage(UUID readerId, UUID roomId, Long before, Long after, int limit) {}

  /** The messages around a seq, half of them before it. */
  public record ReadAround(UUID readerId, UUID roomId, long seq, int limit) {}

  /** The same of what was said in the thread of one message. */
  public record ReadThread(long seq, ReadPage page) {}

  /** What a person said in a room they are or were in, after a seq. */
  public record OwnAfter(UUID userId, UUID roomId, long after) {}

  /**
   * The answer: some of it, maybe none, in order.
   *
   * @param next ask again after this seq; null at the end
   */
  public record OwnPage(List<Own> items, Long next) {}

  /**
   * One of the asker's own messages.
   *
   * @param earlier what it said before, oldest first; null when it was never edited
   * @param attachments null for none
   */
  public record Own(
      long seq,
      String text,
      Instant sentAt,
      Instant editedAt,
      Instant deletedAt,
      List<Edits.Version> earlier,
      List<Attachment> attachments) {}

  /** One message. */
  public record Get(UUID readerId, UUID roomId, long seq) {}
}
