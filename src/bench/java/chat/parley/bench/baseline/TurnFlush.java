package chat.parley.bench.baseline;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Flushes whatever was written to, at the end of the turn. */
final class TurnFlush {
  private List<Listener> dirty = new ArrayList<>();

  void add(Listener listener) {
    if (dirty.isEmpty()) {
      Vertx.currentContext().runOnContext(turn -> flush());
    }
    dirty.add(listener);
  }

  private void flush() {
    List<Listener> written = dirty;
    dirty = new ArrayList<>(written.size());
    written.forEach(Listener::flush);
  }
}
