package chat.parley.mail;

import chat.parley.model.LetterKind;

/** Which class writes which letter; the compiler asks for a line for each kind. */
final class Letters {
  private Letters() {}

  static LetterWriter of(LetterKind kind) {
    return switch (kind) {
      case PASSWORD_RESET -> new PasswordResetLetter();
      case PASSWORD_CHANGED -> new PasswordChangedLetter();
      case EMAIL_CONFIRM -> new EmailConfirmLetter();
      case EMAIL_IN_USE -> new EmailInUseLetter();
      case EMAIL_CHANGED -> new EmailChangedLetter();
      case SECOND_FACTOR_ON ->
          new FactorLetter(
              "Codes are asked for", "codes of an authenticator app were switched on just now");
      case SECOND_FACTOR_OFF ->
          new FactorLetter(
              "Codes are no longer asked for",
              "codes of an authenticator app were switched off just now");
      case PASSKEY_ADDED ->
          new FactorLetter("A passkey was added", "a passkey was added just now, which opens it");
      case PASSKEY_REMOVED ->
          new FactorLetter("A passkey was removed", "a passkey was removed just now");
    };
  }
}
