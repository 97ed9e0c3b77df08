package chat.parley.persistence;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Many small questions as few statements: what is asked in the same turn of the loop, or while a
 * statement is under way, goes together with the next. Alone, a question waits for nothing; when a
 * thousand sockets come back at once, they cost a handful of statements. Lives on one event loop.
 */
final class Gathered<K, V> {
  private final Vertx vertx;
  private final int most;
  private final Function<List<K>, Future<Map<K, V>>> read;
  private final Map<K, Promise<Optional<V>>> waiting = new LinkedHashMap<>();
  private boolean busy;

  /**
   * @param most how many keys a statement may have
   * @param read answers many keys; those without an answer are missing
   */
  Gathered(Vertx vertx, int most, Function<List<K>, Future<Map<K, V>>> read) {
    this.vertx = vertx;
    this.most = most;
    this.read = read;
  }

  Future<Optional<V>> ask(K key) {
    Promise<Optional<V>> answer = waiting.computeIfAbsent(key, asked -> Promise.promise());
    if (!busy) {
      busy = true;
      vertx.runOnContext(turn -> next());
    }
    return answer.future();
  }

  private void next() {
    Map<K, Promise<Optional<V>>> asked = new LinkedHashMap<>();
    var oldest = waiting.entrySet().iterator();
    while (oldest.hasNext() && asked.size() < most) {
      var each = oldest.next();
      asked.put(each.getKey(), each.getValue());
      oldest.remove();
    }
    busy = !asked.isEmpty();
    if (busy) {
      read.apply(new ArrayList<>(asked.keySet()))
          .onComplete(
              answers -> {
                next();
                asked.forEach(
                    (key, answer) -> answer.complete(Optional.ofNullable(answers.get(key))));
              },
              failure -> {
                next();
                asked.values().forEach(answer -> answer.fail(failure));
              });
    }
  }
}
