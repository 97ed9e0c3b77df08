package chat.parley.realtime;

/**
 * What one event loop has handed out in this turn: plain numbers, so that a socket costs an
 * addition, and the meters hear of them once a turn.
 */
final class Tally {
  private final RealtimeMeters meters;
  private long deliveries;
  private long bytes;
  private long signals;
  private long shed;

  Tally(RealtimeMeters meters) {
    this.meters = meters;
  }

  void delivered(Run run) {
    deliveries += run.size();
  }

  void wrote(Run run) {
    bytes += run.bytes();
  }

  void signalled() {
    signals++;
  }

  void shed() {
    shed++;
  }

  /** Gives the numbers to the meters and begins anew. */
  void settle() {
    if (bytes > 0) {
      meters.bytes.increment(bytes);
      meters.deliveries.increment(deliveries);
      meters.signals.increment(signals);
    }
    if (shed > 0) {
      meters.signalsShed.increment(shed);
    }
    deliveries = 0;
    bytes = 0;
    signals = 0;
    shed = 0;
  }
}
