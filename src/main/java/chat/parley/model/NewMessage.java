package chat.parley.model;

import java.util.UUID;

/**
 * Something to say; {@code clientId} makes saying it again safe.
 *
 * @param replyTo the seq of the message that it answers, or null
 * @param threadOf the seq of the message whose thread it belongs to, or null
 */
public record NewMessage(UUID clientId, String text, Long replyTo, Long threadOf) {
  public Messages.Context context() {
    return new Messages.Context(replyTo, threadOf, null);
  }
}
