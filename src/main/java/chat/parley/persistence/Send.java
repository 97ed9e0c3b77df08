package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.model.Message;
import chat.parley.model.Messages;
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
  final long digest;
  final int bytes;
  final long arrivedNanos;
  private final Promise<Message> answer = Promise.promise();
  private boolean answered;

  Send(Messages.Post post, long arrivedNanos) {
    this.key = new Key(post.roomId(), post.actor().userId(), post.clientId());
    this.text = post.text();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    this.bytes = utf8.length;
    this.digest = digest(utf8);
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

  /** Tells two texts apart; the first eight bytes of their SHA-256. */
  private static long digest(byte[] utf8) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(utf8)).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
