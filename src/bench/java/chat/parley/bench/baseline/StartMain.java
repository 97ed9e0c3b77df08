package chat.parley.bench.baseline;

import chat.parley.persistence.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The least that has a database and HTTP: {@code StartMain <data folder> <port>} starts PostgreSQL
 * with Parley's launcher beside Vert.x, and answers when both are there.
 */
public final class StartMain {
  private StartMain() {}

  public static void main(String[] arguments) {
    CompletableFuture<EmbeddedPostgres> database =
        CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(Path.of(arguments[0])));
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    EmbeddedPostgres postgres = database.join();
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    vertx
        .createHttpServer(BroadcastServer.options(Integer.parseInt(arguments[1])))
        .requestHandler(request -> request.response().end("ready"))
        .listen();
  }
}
