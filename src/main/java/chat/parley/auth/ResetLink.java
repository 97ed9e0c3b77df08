package chat.parley.auth;

import chat.parley.model.Ids;
import chat.parley.model.Recovery.NewLink;

/**
 * A link to a new password that no letter carries: whoever makes it hands it over. It needs no key
 * of the server, so it is made wherever the database is.
 */
public record ResetLink(String token, NewLink link) {
  public static ResetLink next() {
    String token = Secrets.next();
    return new ResetLink(token, new NewLink(Ids.next(), Secrets.hash(token)));
  }

  @Override
  public String toString() {
    return "ResetLink[…]";
  }
}
