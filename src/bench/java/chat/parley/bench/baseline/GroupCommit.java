package chat.parley.bench.baseline;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What arrives while a commit is under way goes with the next one, at most 100 rows in one
 * statement: Parley's bound for a room.
 */
final class GroupCommit implements Store {
  private static final int ROWS = 100;

  private final Pool pool;
  private final Consumer<List<Post>> stored;
  private final Deque<Post> waiting = new ArrayDeque<>();
  private boolean busy;

  GroupCommit(Pool pool, Consumer<List<Post>> stored) {
    this.pool = pool;
    this.stored = stored;
  }

  @Override
  public void post(Post post) {
    waiting.add(post);
    if (!busy) {
      busy = true;
      Vertx.currentContext().runOnContext(turn -> write());
    }
  }

  private void write() {
    List<Post> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < ROWS) {
      batch.add(waiting.poll().number());
    }
    if (batch.isEmpty()) {
      busy = false;
      return;
    }
    pool.preparedQuery(INSERT)
        .execute(arguments(batch))
        .onComplete(
            done -> {
              stored.accept(batch);
              write();
            },
            failure -> {
              throw new IllegalStateException(failure);
            });
  }

  static Tuple arguments(List<Post> batch) {
    int n = batch.size();
    UUID[] rooms = new UUID[n];
    Long[] seqs = new Long[n];
    UUID[] clientIds = new UUID[n];
    UUID[] senders = new UUID[n];
    String[] texts = new String[n];
    for (int i = 0; i < n; i++) {
      Post post = batch.get(i);
      rooms[i] = post.room.id;
      seqs[i] = post.seq;
      clientIds[i] = post.clientId;
      senders[i] = post.sender;
      texts[i] = post.text;
    }
    return Tuple.of(rooms, seqs, clientIds, senders, texts);
  }
}
