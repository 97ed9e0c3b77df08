package chat.parley.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Somebody who gives commands, in a folder of their own. */
final class Terminal {
  /** What came of a command. */
  record Said(int code, String out, String err) {}

  private final Path folder;
  private final Map<String, String> environment;
  private Clock clock = Clock.systemUTC();

  Terminal(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** As if it were that time. */
  Terminal at(Clock time) {
    clock = time;
    return this;
  }

  Said say(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Commands.run(
            List.of(words),
            new Commands.Around(
                environment, folder, new PrintWriter(out), new PrintWriter(err), clock));
    return new Said(code, out.toString(), err.toString());
  }
}
