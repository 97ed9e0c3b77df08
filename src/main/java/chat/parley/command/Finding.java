package chat.parley.command;

/**
 * One line of the doctor.
 *
 * @param advice what to do about it; empty when there is nothing to do
 */
record Finding(Level level, String subject, String says, String advice) {
  /** How bad it is. */
  enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String subject, String says) {
    return new Finding(Level.OK, subject, says, "");
  }

  static Finding warn(String subject, String says, String advice) {
    return new Finding(Level.WARN, subject, says, advice);
  }

  static Finding fail(String subject, String says, String advice) {
    return new Finding(Level.FAIL, subject, says, advice);
  }
}
