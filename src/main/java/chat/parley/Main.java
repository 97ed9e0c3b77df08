package chat.parley;

import ch.qos.logback.classic.LoggerContext;
import chat.parley.command.Commands;
import chat.parley.persistence.StartFailure;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * {@code java -jar parley.jar}: reads the settings, starts the server, says where it is, and stops
 * it when asked; or, when a command is given, carries that out. Exit codes: 0 stopped in order or
 * done, 1 could not start, stop or be done, 2 wrong settings or said wrongly.
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
    List<String> said = List.of(arguments);
    if (isCommand(said)) {
      command(said);
    } else {
      serve(said.isEmpty() || said.get(0).startsWith("-") ? said : said.subList(1, said.size()));
    }
  }

  /** Whether something else is wanted than a server; what carries it out is loaded only then. */
  private static boolean isCommand(List<String> said) {
    String first = said.isEmpty() ? "" : said.get(0);
    return said.contains("--help")
        || List.of("-h", "--version", "-V").contains(first)
        || !first.isEmpty() && !first.startsWith("--") && !first.equals("serve");
  }

  private static void command(List<String> said) {
    Logs.aside();
    PrintWriter out = new PrintWriter(OUT, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(ERR, true, StandardCharsets.UTF_8);
    int code = Commands.run(said, Commands.Around.process(out, err));
    out.flush();
    end(code);
  }

  private static void serve(List<String> flags) {
    try {
      run(Config.read(flags, System.getenv(), Path.of("")));
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
        + firstAccount(parley);
  }

  private static String firstAccount(Parley parley) {
    if (parley.adminInvite() != null) {
      return "The administrator makes their account here, once and within a day:\n"
          + parley.adminInvite()
          + "\n";
    }
    return parley.hasAccounts() ? "" : "The first account to register becomes the administrator.\n";
  }

  private static String words(Throwable failure) {
    if (failure instanceof StartFailure told) {
      return told.getMessage();
    }
    LoggerFactory.getLogger(Main.class).debug("The start failed", failure);
    return "The server could not start: " + failure;
  }
}
