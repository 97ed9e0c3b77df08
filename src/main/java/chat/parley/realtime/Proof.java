package chat.parley.realtime;

import chat.parley.model.Caller;
import java.util.concurrent.TimeUnit;

/** By what a socket is open: until when, and whether its end has been announced. */
final class Proof {
  private static final long WARNING_MS = TimeUnit.MINUTES.toMillis(1);

  private final Caller caller;
  private final long endsAtMillis;
  private final long warnAtMillis;
  private boolean warned;

  /** The end is announced a minute before, or when two thirds of a shorter life are over. */
  Proof(Caller caller, long nowMillis) {
    this.caller = caller;
    this.endsAtMillis = caller.expiresAt().toEpochMilli();
    this.warnAtMillis = endsAtMillis - Math.min(WARNING_MS, (endsAtMillis - nowMillis) / 3);
  }

  Caller caller() {
    return caller;
  }

  boolean isOver(long nowMillis) {
    return endsAtMillis <= nowMillis;
  }

  /** Whether a newer one may follow: what the session itself opened lives as long as it does. */
  boolean isToken() {
    return caller.via() != Caller.Via.COOKIE && caller.via() != Caller.Via.TICKET;
  }

  /** True once, when it is time to announce the end. */
  boolean isTimeToWarn(long nowMillis) {
    boolean now = !warned && nowMillis >= warnAtMillis;
    warned |= now;
    return now;
  }
}
