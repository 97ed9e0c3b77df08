package chat.parley.persistence;

import io.vertx.pgclient.PgException;

/** Why a batch did not commit, told apart by what may be done about it. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known of the batch, and so what to do with it. */
  enum Kind {
    /** No connection: nothing was sent. */
    NOT_STARTED,
    /** Rolled back by a race or a timeout: the same batch may succeed. */
    ROLLED_BACK,
    /** Rolled back because of a row that can never be stored. */
    POISONED,
    /** The connection was lost under way: it may have been committed or not. */
    UNKNOWN
  }

  private final Kind kind;

  Failed(Kind kind, Throwable cause) {
    super(cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Judges the first failure of the pipeline; at the commit itself nothing is certain any more. */
  static Failed of(Throwable cause, boolean atCommit) {
    return new Failed(atCommit ? Kind.UNKNOWN : kindOf(cause), cause);
  }

  private static Kind kindOf(Throwable cause) {
    if (cause instanceof PgException pg && pg.getSqlState() != null) {
      String state = pg.getSqlState();
      if (state.startsWith("22") || state.startsWith("23")) {
        return Kind.POISONED;
      }
      // 57014 is a statement that ran out of time; the rest of 57, and 08, are a server that goes
      // away.
      boolean gone = state.startsWith("08") || state.startsWith("57") && !state.equals("57014");
      return gone ? Kind.UNKNOWN : Kind.ROLLED_BACK;
    }
    return Kind.UNKNOWN;
  }
}
