package chat.parley.mail;

import java.util.List;

/** The link to a new password. */
final class PasswordResetLetter implements LetterWriter {
  @Override
  public Words write(Site site, String token) {
    return new Words(
        "A new password for " + site.name(),
        List.of(
            "Somebody, you we hope, asked for a new password for your account at "
                + site.name()
                + ". This link lets you choose one. It works once, for 10 minutes:"),
        new Words.Link(site.at("reset", token), "Choose a new password"),
        List.of(
            "If it was not you, there is nothing to do: your password stays as it is. Do not pass this letter on."));
  }
}
