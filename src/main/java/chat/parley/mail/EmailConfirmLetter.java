package chat.parley.mail;

import java.util.List;

/** The link that proves an address. Names nobody, as anybody may have it sent to anybody. */
final class EmailConfirmLetter implements LetterWriter {
  @Override
  public Words write(Site site, String token) {
    return new Words(
        "Is this your address? " + site.name() + " asks",
        List.of(
            "This e-mail address was given for an account at "
                + site.name()
                + ". If that was you, please say so with this link. It works once, for 24 hours:"),
        new Words.Link(site.at("confirm-email", token), "Yes, this is my address"),
        List.of(
            "If it was not you, there is nothing to do: without your word the address is nobody's."));
  }
}
