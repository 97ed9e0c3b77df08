package chat.parley.bench.baseline;

import chat.parley.persistence.CommitDriver;
import io.vertx.core.Vertx;
import java.io.IOException;

/** Starts a {@link Driver}: {@code DriverMain commit <rooms>} or {@code DriverMain insert}. */
public final class DriverMain {
  private DriverMain() {}

  public static void main(String[] arguments) throws IOException {
    Vertx vertx = Vertx.vertx();
    String database = System.getenv(BaselineMain.DATABASE);
    Driver.serve(
        vertx,
        arguments[0].equals("commit")
            ? new CommitDriver(vertx, database, arguments[1])
            : new LoneInsert(vertx, database));
    System.exit(0);
  }
}
