package chat.parley.auth;

import chat.parley.model.Ids;
import chat.parley.model.Recovery.NewLink;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The tokens of links in letters: 256 bits made of a random id and a key that only the server has.
 * So the letter can be written whenever it is sent, and the database, which keeps the id and a hash
 * of the token, opens nothing.
 */
final class MailLinks {
  private final byte[] key;

  MailLinks(Keys keys) {
    this.key = keys.mailTokens();
  }

  NewLink next() {
    UUID id = Ids.next();
    return new NewLink(id, Secrets.hash(token(id)));
  }

  String token(UUID id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Secrets.text(Keys.hmac(key, bytes.array()));
  }
}
