package chat.parley.persistence;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long work in the background, in steps that are a transaction each: it goes on as long as one of
 * them moves something. Nodes take turns by locks on what is open. Used on one event loop.
 */
final class Walk<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

  private final String name;
  private final Supplier<Future<List<T>>> open;
  private final Function<T, Future<Boolean>> step;
  private boolean walking;
  private boolean again;

  /**
   * @param name for the log
   * @param open what is left to do, a few at a time
   * @param step one step of one of them; false when there was nothing to do here
   */
  Walk(String name, Supplier<Future<List<T>>> open, Function<T, Future<Boolean>> step) {
    this.name = name;
    this.open = open;
    this.step = step;
  }

  /** Walks until there is nothing left to do here; what fails is left for the next call. */
  void goOn() {
    again = true;
    if (!walking) {
      walking = true;
      walk()
          .onComplete(done -> walking = false)
          .onFailure(cause -> LOG.warn("{} is put off: {}", name, cause.toString()));
    }
  }

  private Future<Void> walk() {
    again = false;
    return open.get()
        .compose(this::stepEach)
        .compose(moved -> moved || again ? walk() : Future.succeededFuture());
  }

  /** One step of each in turn, so that no long one keeps a short one waiting. */
  private Future<Boolean> stepEach(List<T> ids) {
    Future<Boolean> moved = Future.succeededFuture(false);
    for (T id : ids) {
      moved = moved.compose(before -> tried(id).map(now -> before || now));
    }
    return moved;
  }

  /** One that fails holds up no other; it is tried again with the next call. */
  private Future<Boolean> tried(T id) {
    return step.apply(id)
        .recover(
            cause -> {
              LOG.warn("{}: a step of {} failed: {}", name, id, cause.toString());
              return Future.succeededFuture(false);
            });
  }
}
