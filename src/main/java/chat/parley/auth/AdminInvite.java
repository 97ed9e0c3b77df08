package chat.parley.auth;

import chat.parley.model.AccountInvites;
import chat.parley.model.Actor;
import chat.parley.model.Ids;
import chat.parley.model.Role;

/**
 * A link by which an administrator makes their account, once and within a day, made by whoever has
 * the machine. It needs no key of the server.
 */
public record AdminInvite(String token, AccountInvites.Row row) {
  private static final int HOURS = 24;

  /** What it is set behind is the site's address. */
  public static final String PLACE = "/#/invite/";

  public static AdminInvite next(String requestId) {
    String token = Secrets.next();
    AccountInvites.Wish wish = new AccountInvites.Wish(Role.ADMIN, 1, HOURS, null);
    return new AdminInvite(
        token,
        new AccountInvites.Row(Ids.next(), Secrets.hash(token), wish, new Actor(null, requestId)));
  }

  @Override
  public String toString() {
    return "AdminInvite[…]";
  }
}
