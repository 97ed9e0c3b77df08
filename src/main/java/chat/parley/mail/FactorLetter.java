package chat.parley.mail;

import java.util.List;

/** What opens an account has changed: codes beside the password, or a passkey. */
record FactorLetter(String subject, String what) implements LetterWriter {
  @Override
  public Words write(Site site, String token) {
    return new Words(
        subject + " at " + site.name(),
        List.of(
            "For your account at " + site.name() + " " + what + ".",
            "If it was not you, somebody else has got in: sign in, change your password, which signs every device out,"
                + " and look through Security in the settings."),
        new Words.Link(site.url() + "/#/settings/security", "Open Security"),
        List.of());
  }
}
