package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Account;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Fold;
import chat.parley.model.ProfileChange;
import io.vertx.core.Future;
import java.time.ZoneId;

/** What people may say of themselves: names by the rules of registration, a time zone, a status. */
final class Profiles {
  private static final int LONGEST_STATUS = 140;

  private final Bus bus;

  Profiles(Bus bus) {
    this.bus = bus;
  }

  Future<Account> change(Accounts.ChangeProfile ask) {
    Accounts.NewProfile profile = checked(ask);
    return bus.ask(Addresses.USERS_PROFILE, profile)
        .onSuccess(
            changed ->
                bus.publish(
                    Addresses.ACCOUNT_CHANGED, "", new AccountChanged(ask.caller().userId())));
  }

  private static Accounts.NewProfile checked(Accounts.ChangeProfile ask) {
    ProfileChange wish = ask.wish();
    Wrong wrong = new Wrong();
    String username = wish.username() == null ? null : Names.username(wish.username(), wrong);
    String instead = username == null ? ask.caller().user().username() : username;
    String shown =
        wish.displayName() == null ? null : Names.displayName(wish.displayName(), instead, wrong);
    String zone = timeZone(wish.timeZone(), wrong);
    String status = status(wish.statusText(), wrong);
    wrong.refuse();
    return new Accounts.NewProfile(
        ask.caller().actor(ask.requestId()),
        username,
        key(username),
        shown,
        key(shown),
        zone,
        status);
  }

  private static String key(String name) {
    return name == null ? null : Fold.key(name);
  }

  private static String timeZone(String id, Wrong wrong) {
    boolean known =
        id == null
            || id.isEmpty()
            || ZoneId.getAvailableZoneIds().contains(id) && !id.startsWith("SystemV/");
    wrong.unless(known, "/timeZone", "is no time zone, as Europe/Berlin would be");
    return id;
  }

  private static String status(String raw, Wrong wrong) {
    String text = raw == null ? null : Fold.nfc(raw).strip();
    if (text == null || text.isEmpty()) {
      return text;
    }
    wrong.unless(
        Letters.length(text) <= LONGEST_STATUS,
        "/statusText",
        "must have at most " + LONGEST_STATUS + " characters");
    wrong.unless(
        text.codePoints().allMatch(Letters::printable),
        "/statusText",
        "holds a character that cannot be shown");
    wrong.unless(
        text.codePoints().anyMatch(Letters::visible), "/statusText", "holds nothing to see");
    wrong.unless(!Letters.stacked(text), "/statusText", "stacks too many marks on a letter");
    return text;
  }
}
