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
    };
  }
}
