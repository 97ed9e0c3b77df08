package chat.parley.command;

import chat.parley.Config;
import chat.parley.model.Act;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.Migrations;
import chat.parley.persistence.OperatorStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that goes by the settings of the server. */
abstract class ServerCommand implements Callable<Integer> {
  private static final int PATIENCE_S = 30;
  private static final int THREADS = 1;
  private static final int MOST_TOLD = 20;

  private final Commands.Around around;

  @Spec private CommandSpec spec;

  ServerCommand(Commands.Around around) {
    this.around = around;
  }

  Config config() {
    return Commands.config(spec, around);
  }

  PrintWriter out() {
    return around.out();
  }

  Commands.Around around() {
    return around;
  }

  /** How the audit log knows what this command did. */
  static String requestId() {
    return "cli-" + UUID.randomUUID();
  }

  /** A small one, to be closed. */
  static Vertx vertx() {
    return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(THREADS).setWorkerPoolSize(THREADS));
  }

  static void close(Vertx vertx) {
    await(vertx.close());
  }

  /** Refuses a schema that is not this jar's: what is written might not fit it. */
  static void requireUpToDate(DatabaseAddress address) {
    int present = Migrations.present(address);
    if (present != Migrations.newest()) {
      throw new Refused(
          present > Migrations.newest()
              ? "The database was last used by a newer Parley: use that one."
              : "The database is at version "
                  + present
                  + " and this Parley needs "
                  + Migrations.newest()
                  + ": see 'parley migrate'.");
    }
  }

  /** Files whose bytes are not as they should be; the manifest has all of them. */
  void tell(String what, List<String> hashes) {
    hashes.stream()
        .limit(MOST_TOLD)
        .forEach(hash -> out().println(what + ": the bytes of a file, " + hash));
    if (hashes.size() > MOST_TOLD) {
      out().println(what + ": " + (hashes.size() - MOST_TOLD) + " more, see the manifest");
    }
  }

  /** In the audit log, unless its schema is not this jar's. */
  static void note(Vertx vertx, DatabaseAddress address, Act act, Map<String, String> details) {
    if (Migrations.present(address) == Migrations.newest()) {
      try (OperatorStore store = OperatorStore.of(vertx, address)) {
        await(store.note(act, details, requestId()));
      }
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new Refused(String.valueOf(e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw new Refused("The database does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("Interrupted.");
    }
  }
}
