package chat.parley.bench.baseline;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;

/** One durable INSERT after the other: the least that an acknowledged message can take. */
final class LoneInsert implements Driver.Work {
  private final Pool pool;
  private final Room room = new Room(UUID.randomUUID());

  LoneInsert(Vertx vertx, String database) {
    this.pool = Store.pool(vertx, database);
  }

  @Override
  public Future<?> prepare() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Integer> once() {
    JsonObject body =
        new JsonObject().put("clientId", UUID.randomUUID().toString()).put("text", "x".repeat(130));
    Post post = new Post(room, body, reply -> {}).number();
    return pool.preparedQuery(Store.INSERT)
        .execute(GroupCommit.arguments(List.of(post)))
        .map(done -> 1);
  }
}
