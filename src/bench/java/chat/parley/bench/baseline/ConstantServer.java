package chat.parley.bench.baseline;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** Answers every request with as many bytes as its path says: {@code GET /12345}. */
final class ConstantServer extends VerticleBase {
  private final int port;
  private final Map<String, Buffer> bodies = new HashMap<>();

  ConstantServer(int port) {
    this.port = port;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(BroadcastServer.options(port))
        .requestHandler(
            request ->
                request
                    .response()
                    .putHeader("content-type", "application/json")
                    .end(bodies.computeIfAbsent(request.path(), ConstantServer::body)))
        .listen();
  }

  private static Buffer body(String path) {
    return Buffer.buffer("x".repeat(Integer.parseInt(path.substring(1))));
  }
}
