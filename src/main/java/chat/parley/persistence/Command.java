package chat.parley.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short helper process that has ended: its exit status and all that it printed. */
record Command(int exit, String output) {
  /**
   * Runs a program to its end, giving it {@code input} to read; a program that does not exist exits
   * with 127.
   */
  static Command run(List<String> words, String input) throws IOException {
    Process process;
    try {
      process = builder(words).start();
    } catch (IOException e) {
      return new Command(127, e.getMessage());
    }
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Command(process.onExit().join().exitValue(), output.strip());
  }

  static Command run(List<String> words) throws IOException {
    return run(words, "");
  }

  /**
   * In plain English and UTC, untouched by settings meant for other PostgreSQL programs of the
   * operator's.
   */
  static ProcessBuilder builder(List<String> words) {
    // Where we stand may be closed to the user that PostgreSQL runs as; all our paths are absolute.
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).directory(new File("/"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  boolean succeeded() {
    return exit == 0;
  }

  String lastLine() {
    return output.substring(output.lastIndexOf('\n') + 1);
  }
}
