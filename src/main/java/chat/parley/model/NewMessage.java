package chat.parley.model;

import java.util.List;
import java.util.UUID;

/**
 * Something to say; {@code clientId} makes saying it again safe.
 *
 * @param text may be null where there are attachments
 * @param replyTo the seq of the message that it answers, or null
 * @param threadOf the seq of the message whose thread it belongs to, or null
 * @param attachments files of the sender's; null for none
 */
public record NewMessage(
    UUID clientId, String text, Long replyTo, Long threadOf, List<UUID> attachments) {
  /** Never null. */
  public String words() {
    return text == null ? "" : text;
  }

  public Messages.Context context() {
    return new Messages.Context(
        replyTo, threadOf, null, attachments == null ? List.of() : attachments);
  }
}
