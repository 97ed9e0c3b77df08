package chat.parley;

import ch.qos.logback.classic.LoggerContext;
import chat.parley.persistence.StartFailure;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * {@code java -jar parley.jar}: reads the settings, starts the server, says where it is, and stops
 * it when asked. Exit codes: 0 stopped in order, 1 could not start or stop, 2 wrong settings.
 */
public final class Main {
  private static final int STOP_SECONDS = 10;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  private Main() {}

  static {
    // Before Netty's first class: its events for the flight recorder, which nobody here reads, load
    // the recorder into every process.
    System.setProperty("io.netty.jfr.enabled", "false");
  }

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      OUT.print(Config.help());
      return;
    }
    try {
      run(Config.read(List.of(arguments), System.getenv(), Path.of("")));
    } catch (Config.Wrong wrong) {
      ERR.println("parley: " + wrong.getMessage());
      Runtime.getRuntime().halt(2);
    }
  }

  private static void run(Config config) {
    if (config.get(Setting.LOG_FORMAT).equals("json")) {
      Logs.asJson();
    }
    Future<Parley> starting = Parley.start(config);
    Thread stop = new Thread(() -> stop(starting), "parley-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      Parley parley = starting.toCompletionStage().toCompletableFuture().get();
      OUT.print(banner(config, parley));
    } catch (ExecutionException failure) {
      ERR.println("parley: " + words(failure.getCause()));
      end(1);
    } catch (InterruptedException e) {
      end(1);
    }
  }

  /**
   * Also in the middle of a start: then that is finished first, so that nothing is left half made.
   */
  private static void stop(Future<Parley> starting) {
    try {
      starting
          .transform(
              started ->
                  started.failed() ? Future.<Void>succeededFuture() : started.result().close())
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_SECONDS, TimeUnit.SECONDS);
      end(0);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      ERR.println("parley: did not stop in order within " + STOP_SECONDS + " s");
      end(1);
    }
  }

  /** Ends the process with this code, whatever signal asked for it, once the log is written. */
  private static void end(int code) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
      log.stop();
    }
    Runtime.getRuntime().halt(code);
  }

  private static String banner(Config config, Parley parley) {
    return "Parley is ready at "
        + parley.url()
        + "\nEverything is kept in "
        + Path.of(config.get(Setting.DATA)).toAbsolutePath().normalize()
        + "\n"
        + (parley.hasAccounts()
            ? ""
            : "The first account to register becomes the administrator.\n");
  }

  private static String words(Throwable failure) {
    if (failure instanceof StartFailure told) {
      return told.getMessage();
    }
    LoggerFactory.getLogger(Main.class).debug("The start failed", failure);
    return "The server could not start: " + failure;
  }
}
