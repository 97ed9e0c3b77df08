package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.model.MentionText;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.WordMatcher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** One message on its way to the disk, until it is answered. */
final class Send {
  /** What makes two sends the same message. */
  record Key(UUID roomId, UUID senderId, UUID clientId) {}

  final Key key;
  final String text;
  final MentionText mentions;
  final Messages.Context context;

  /** What the word filter says of it; refused, it goes with no words, and may be known still. */
  final WordMatcher.Verdict words;

  final long digest;
  final int bytes;
  final long arrivedNanos;
  private final Promise<Message> answer = Promise.promise();
  private boolean answered;

  /** One whose words nobody has judged. */
  Send(Messages.Post post, long arrivedNanos) {
    this(post, WordMatcher.Verdict.CLEAN, arrivedNanos);
  }

  Send(Messages.Post post, WordMatcher.Verdict words, long arrivedNanos) {
    this.words = words;
    this.key = new Key(post.roomId(), post.actor().userId(), post.clientId());
    this.text = post.text();
    this.context = post.context();
    // Words that are repeated call nobody again.
    this.mentions = context.forwarded() == null ? MentionText.of(text) : MentionText.NONE;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    this.bytes = utf8.length;
    this.digest = digest(context, utf8);
    this.arrivedNanos = arrivedNanos;
  }

  Future<Message> answer() {
    return answer.future();
  }

  boolean answered() {
    return answered;
  }

  void complete(Message message) {
    answered = true;
    answer.tryComplete(message);
  }

  void fail(Failure failure) {
    answered = true;
    answer.tryFail(failure);
  }

  /**
   * Tells two messages apart; the first eight bytes of their SHA-256. No text holds a NUL, so what
   * follows one is never a part of it. A forwarded message is what it was taken from: its words may
   * have been edited when it is sent again.
   */
  static long digest(Messages.Context context, byte[] utf8) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      Messages.Forwarded forwarded = context.forwarded();
      if (forwarded == null) {
        sha.update(utf8);
      } else {
        sha.update(part("forwarded " + forwarded.roomId() + " " + forwarded.seq()));
      }
      if (context.replyTo() != null) {
        sha.update(part("reply " + context.replyTo()));
      }
      if (context.threadOf() != null) {
        sha.update(part("thread " + context.threadOf()));
      }
      if (forwarded == null && !context.carries().isEmpty()) {
        sha.update(part("carries " + context.carries()));
      }
      return ByteBuffer.wrap(sha.digest()).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] part(String context) {
    return ('\0' + context).getBytes(StandardCharsets.UTF_8);
  }
}
