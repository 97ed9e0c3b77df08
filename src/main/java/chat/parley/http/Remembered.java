package chat.parley.http;

import chat.parley.bus.Bus;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was answered lately about accounts and sessions, so that a request need ask nobody. An
 * answer counts only while no session's end and no change of an account was announced since it was
 * asked for ({@link Bus#epoch}), and for five seconds at most, should the announcement of another
 * node have been lost. Used on one event loop; holds at most 10,000 answers.
 */
final class Remembered<K, V> {
  private static final int MOST = 10_000;
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

  private record Entry<V>(V value, long epoch, long sinceNanos) {}

  private final Bus bus;
  private final Map<K, Entry<V>> entries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Entry<V>> eldest) {
          return size() > MOST;
        }
      };

  Remembered(Bus bus) {
    this.bus = bus;
  }

  /** Null when nothing that still counts is known. */
  V get(K key) {
    Entry<V> entry = entries.get(key);
    boolean counts =
        entry != null
            && entry.epoch == bus.epoch()
            && System.nanoTime() - entry.sinceNanos < FRESH_NANOS;
    return counts ? entry.value : null;
  }

  /** Asks, and remembers the answer; a failure is forgotten. */
  Future<V> ask(K key, Function<K, Future<V>> question) {
    // Read before asking: what is announced meanwhile makes the answer count for this once only.
    long epoch = bus.epoch();
    return question
        .apply(key)
        .onSuccess(
            value -> {
              entries.remove(key);
              entries.put(key, new Entry<>(value, epoch, System.nanoTime()));
            })
        .onFailure(refused -> entries.remove(key));
  }
}
