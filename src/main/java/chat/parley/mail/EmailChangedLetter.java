package chat.parley.mail;

import java.util.List;

/** To the address that an account had until now. Does not say the new one. */
final class EmailChangedLetter implements LetterWriter {
  @Override
  public Words write(Site site, String token) {
    return new Words(
        "Your account at " + site.name() + " has another address now",
        List.of(
            "Letters about your account at "
                + site.name()
                + " go to another e-mail address from now on; this is the last one that comes here.",
            "If it was not you, somebody who knows your password has got into your account: sign in and change both,"
                + " or ask whoever runs "
                + site.name()
                + " for help."),
        new Words.Link(site.url() + "/", "Open " + site.name()),
        List.of());
  }
}
