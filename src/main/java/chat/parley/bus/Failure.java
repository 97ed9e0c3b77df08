package chat.parley.bus;

import java.util.List;

/**
 * A {@link Problem} on its way to whoever asked. It travels over the bus by reference like any
 * answer. It is an expected outcome, so it carries no stack trace and nothing that a client may not
 * see.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One wrong field: a JSON pointer into the body (or a parameter's name) and what is wrong with
   * it.
   */
  public record Field(String pointer, String detail) {}

  private final transient Problem problem;
  private final transient List<Field> fields;
  private final transient int retryAfterSeconds;

  Failure(Problem problem, String detail, List<Field> fields, int retryAfterSeconds) {
    super(detail, null, false, false);
    this.problem = problem;
    this.fields = List.copyOf(fields);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Several wrong fields at once. */
  public static Failure invalid(List<Field> fields) {
    return new Failure(Problem.INVALID, null, fields, 0);
  }

  public Problem problem() {
    return problem;
  }

  /** What to tell the caller beyond the title; null when the title says it all. */
  public String detail() {
    return getMessage();
  }

  public List<Field> fields() {
    return fields;
  }

  /** Seconds until it is worth trying again; 0 when unknown. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  @Override
  public String toString() {
    return problem
        + (getMessage() == null ? "" : ": " + getMessage())
        + (fields.isEmpty() ? "" : " " + fields);
  }
}
