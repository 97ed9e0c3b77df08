package chat.parley.bench.baseline;

import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.function.Consumer;

/** One message a commit, as most servers do; rooms go beside each other, a room in its order. */
final class OneByOne implements Store {
  private final Pool pool;
  private final Consumer<List<Post>> stored;

  OneByOne(Pool pool, Consumer<List<Post>> stored) {
    this.pool = pool;
    this.stored = stored;
  }

  @Override
  public void post(Post post) {
    post.room.waiting.add(post);
    if (!post.room.busy) {
      write(post.room);
    }
  }

  private void write(Room room) {
    room.busy = !room.waiting.isEmpty();
    if (room.busy) {
      List<Post> one = List.of(room.waiting.poll().number());
      pool.preparedQuery(INSERT)
          .execute(GroupCommit.arguments(one))
          .onComplete(
              done -> {
                stored.accept(one);
                write(room);
              },
              failure -> {
                throw new IllegalStateException(failure);
              });
    }
  }
}
