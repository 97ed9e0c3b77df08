package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A link by which people make an account.
 *
 * @param token null but in the answer that tells it, once
 * @param url where it leads; likewise
 * @param note what its maker wanted to remember; may be null
 * @param createdBy null for one made at the machine itself
 * @param live whether somebody could use it now
 */
public record AccountInvite(
    UUID id,
    String token,
    String url,
    Role role,
    String note,
    Instant expiresAt,
    int maxUses,
    int uses,
    boolean live,
    Person createdBy,
    Instant createdAt) {

  public AccountInvite withToken(String secret, String place) {
    return new AccountInvite(
        id,
        secret,
        place + secret,
        role,
        note,
        expiresAt,
        maxUses,
        uses,
        live,
        createdBy,
        createdAt);
  }

  @Override
  public String toString() {
    return "AccountInvite[" + id + "]";
  }
}
