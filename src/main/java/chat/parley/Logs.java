package chat.parley;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * What is logged, and how: one event, one line on standard output, whatever a user wrote into it.
 * Said in Java because reading the same from XML takes a fifth of the start. An operator's own
 * {@code -Dlogback.configurationFile=…} comes before it, and so does a test's configuration.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class Logs extends ContextAwareBase implements Configurator {
  private static final int QUEUE = 8192;
  private static final String ASYNC = "async";
  private static final String CONSOLE = "stdout";

  /** Of nodes that come and go we speak ourselves; it would say each of it many times. */
  private static final String CHANNEL = "org.jgroups";

  /** Calls it an error that a connection has been closed. */
  private static final String CONNECTIONS = "org.jgroups.protocols.TCP";

  /** A terminal would obey these. */
  private static final String CONTROL = "[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u2028\\u2029]";

  private static final String MESSAGE =
      "%replace(%replace(%replace(%msg){'\\r', '\\\\r'}){'\\n', '\\\\n'}){'" + CONTROL + "', '?'}";

  // A bar before each line of a stack trace, so that no exception message can pass for an event.
  private static final String TRACE =
      "%replace(%replace(%ex){'(?m)^(?=.)', '  | '}){'" + CONTROL + "', '?'}";

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{0} " + MESSAGE + "%n" + TRACE;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null
        || Logs.class.getResource("/logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("chat.parley").setLevel(Level.INFO);
    context.getLogger(CHANNEL).setLevel(Level.ERROR);
    context.getLogger(CONNECTIONS).setLevel(Level.OFF);
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(async(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * A slow terminal or pipe must not hold up an event loop: when the queue is nearly full, INFO and
   * below go first, and nobody ever waits. Whoever ends the process stops the logger context last,
   * which drains the queue: a shutdown hook of its own would race with the server's.
   */
  private static Appender<ILoggingEvent> async(LoggerContext context) {
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setName(ASYNC);
    async.setQueueSize(QUEUE);
    async.setNeverBlock(true);
    async.addAppender(console(context));
    async.start();
    return async;
  }

  /**
   * Says the same as JSON from now on, for programs that collect logs; nothing when an operator's
   * own configuration is in force.
   */
  static void asJson() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(ASYNC)
            instanceof AsyncAppender async
        && async.getAppender(CONSOLE) instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonLines lines = new JsonLines();
      lines.setContext(context);
      lines.start();
      console.stop();
      console.setEncoder(lines);
      console.start();
    }
  }

  /** For a command: what it says is on standard output, and nothing but warnings beside it. */
  static void aside() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(ASYNC)
            instanceof AsyncAppender async
        && async.getAppender(CONSOLE) instanceof ConsoleAppender<ILoggingEvent> console) {
      context.getLogger("chat.parley").setLevel(Level.WARN);
      console.stop();
      console.setTarget("System.err");
      console.start();
    }
  }

  private static Appender<ILoggingEvent> console(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName(CONSOLE);
    console.setEncoder(encoder);
    console.start();
    return console;
  }
}
