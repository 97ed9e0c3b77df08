package chat.parley.mail;

import java.util.List;

/** To the owner of an address that somebody wanted to give to another account. */
final class EmailInUseLetter implements LetterWriter {
  @Override
  public Words write(Site site, String token) {
    return new Words(
        "You have an account at " + site.name() + " already",
        List.of(
            "This e-mail address was given for another account at "
                + site.name()
                + ", but it belongs to yours already, so nothing was changed.",
            "If that was you: sign in to the account that has this address, or give it another one first. If you"
                + " forgot its password, the sign-in page sends you a new one."),
        new Words.Link(site.url() + "/", "Open " + site.name()),
        List.of("If it was not you, there is nothing to do."));
  }
}
