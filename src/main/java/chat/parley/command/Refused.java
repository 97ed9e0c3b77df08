package chat.parley.command;

/** A command cannot be carried out; the message says why, in a sentence for whoever gave it. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String sentence) {
    super(sentence, null, false, false);
  }
}
