package chat.parley.persistence;

/**
 * The server cannot start, and this is why: one sentence for the operator, naming what to change.
 * Whoever starts the server prints the message and exits; the cause, if there is one, is for
 * debugging only.
 */
public class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFailure(String sentence) {
    super(sentence);
  }

  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
