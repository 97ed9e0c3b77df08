package chat.parley.mail;

import java.util.List;

/** The password is another one now. */
final class PasswordChangedLetter implements LetterWriter {
  @Override
  public Words write(Site site, String token) {
    return new Words(
        "Your password for " + site.name() + " was changed",
        List.of(
            "The password of your account at "
                + site.name()
                + " was changed just now, and every device was signed out.",
            "If it was not you, somebody else has got into your account or your mailbox. Secure your mailbox"
                + " first, then ask for a new password on the sign-in page:"),
        new Words.Link(site.url() + "/", "Open " + site.name()),
        List.of());
  }
}
