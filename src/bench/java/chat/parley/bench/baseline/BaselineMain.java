package chat.parley.bench.baseline;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;

/**
 * Starts one baseline: {@code BaselineMain <kind> <port>}, with the database in the environment,
 * and prints {@code ready} when it is.
 */
public final class BaselineMain {
  /** Where the address of the database is, as it holds a password. */
  public static final String DATABASE = "BENCH_DATABASE";

  private BaselineMain() {}

  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[1]);
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    String url = System.getenv(DATABASE);
    Future<?> started =
        (url == null ? Future.succeededFuture() : makeSchema(vertx, url))
            .compose(made -> vertx.deployVerticle(server(arguments[0], port, url)));
    started.onComplete(
        done -> System.out.println("ready"),
        failure -> {
          failure.printStackTrace();
          System.exit(1);
        });
  }

  private static Deployable server(String kind, int port, String database) {
    return switch (kind) {
      case "broadcast" -> new BroadcastServer(port, database, GroupCommit::new);
      case "one-by-one" -> new BroadcastServer(port, database, OneByOne::new);
      case "stock" -> new StockServer(port, database);
      case "files" -> new FileServer(port);
      case "constant" -> new ConstantServer(port);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Future<?> makeSchema(Vertx vertx, String database) {
    Pool pool = Store.pool(vertx, database);
    return pool.query(Store.SCHEMA).execute().eventually(pool::close);
  }
}
