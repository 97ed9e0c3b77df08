package chat.parley.persistence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What the {@link SearchIndexer} counts. */
final class SearchMeters {
  private final Counter indexed;

  /** Written by the indexer's event loop alone, read by whoever looks; 0 when nothing waits. */
  private volatile long waitingSince;

  SearchMeters(MeterRegistry registry) {
    indexed =
        Counter.builder("parley.search.indexed")
            .description("Messages that were brought into the search index.")
            .register(registry);
    Gauge.builder("parley.search.lag", this, SearchMeters::lag)
        .description("How long the room that has waited longest for the search index waits.")
        .baseUnit("seconds")
        .register(registry);
  }

  private double lag() {
    long since = waitingSince;
    return since == 0 ? 0 : (System.nanoTime() - since) / 1e9;
  }

  void indexed(int messages) {
    indexed.increment(messages);
  }

  /**
   * @param since {@link System#nanoTime()}
   */
  void waiting(long since) {
    waitingSince = since;
  }
}
