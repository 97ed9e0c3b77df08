package chat.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What can be said to Parley beside starting it: words, help and exit codes; no database. */
class CommandLineTest {
  @TempDir private Path folder;

  private Terminal terminal() {
    return new Terminal(folder, Map.of());
  }

  /** Every command with all of its words, as {@code admin promote}. */
  static Stream<String> commands() {
    Commands.Around nowhere =
        new Commands.Around(
            Map.of(), Path.of(""), new PrintWriter(System.out), new PrintWriter(System.err), null);
    return below("", Commands.line(nowhere));
  }

  private static Stream<String> below(String words, CommandLine line) {
    return line.getSubcommands().entrySet().stream()
        .flatMap(
            each -> {
              String all = (words + " " + each.getKey()).strip();
              return Stream.concat(Stream.of(all), below(all, each.getValue()));
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpAndStandsInTheDocument(String command) throws IOException {
    Terminal.Said said = terminal().say((command + " --help").split(" "));
    assertEquals(0, said.code(), said.err());
    assertTrue(said.out().contains("Usage: parley " + command), said.out());
    assertEquals("", said.err());
    String document = Files.readString(Path.of("docs/operations.md"));
    assertTrue(document.contains("`parley " + command), "docs/operations.md lacks " + command);
  }

  @Test
  void helpTellsCommandsAndSettings() {
    for (String[] ways : new String[][] {{"--help"}, {"--port", "1", "--help"}, {"-h"}}) {
      Terminal.Said said = terminal().say(ways);
      assertEquals(0, said.code());
      assertTrue(said.out().contains("--database-url"), said.out());
      assertTrue(said.out().contains("export "), said.out());
    }
    String all = terminal().say("serve", "--help").out();
    for (Setting setting : Setting.values()) {
      assertTrue(all.contains(setting.flag()), setting.flag());
    }
    String some = terminal().say("help", "export").out();
    assertTrue(some.contains("--data=") && !some.contains("--oidc-issuer"), some);
  }

  @Test
  void versionIsOneLine() {
    Terminal.Said said = terminal().say("--version");
    assertEquals(0, said.code());
    assertEquals(1, said.out().lines().count(), said.out());
    assertTrue(said.out().startsWith("Parley "), said.out());
  }

  /** In the tables, each word is one argument. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exprt a.tar.gz                 | 2 | Did you mean: parley export",
        "port=1                         | 2 | 'port=1'",
        "export                         | 2 | Missing required parameter: 'FILE'",
        "export a b                     | 2 | 'b'",
        "export a --prot 1              | 2 | '--prot'",
        "export a --data x --data y     | 2 | --data",
        "config --port 65536            | 2 | --port must be a number from 0 to 65535, not '65536'",
        "config --secret tooshort       | 2 | --secret has less than 32 characters",
        "completion fish                | 2 | SHELL",
        "admin promote                  | 2 | NAME",
        "export a --data absent         | 1 | There is no database in",
        "admin promote ann --data absent | 1 | There is no database in",
        "export no/where.tar.gz         | 1 | There is no folder",
        "import absent.tar.gz           | 1 | There is no file",
      })
  void whatIsSaidWronglyIsToldInWords(String words, int code, String told) {
    Terminal.Said said = terminal().say(words.split(" "));
    assertEquals(code, said.code(), said.err());
    assertTrue(said.err().startsWith("parley: ") && said.err().contains(told), said.err());
    assertFalse(said.err().contains("\tat "), said.err());
    assertEquals("", said.out());
    assertFalse(Files.exists(Path.of("absent")));
  }

  @Test
  void settingsAreToldWithWhoSaidThemAndWithoutSecrets() throws IOException {
    Files.writeString(
        folder.resolve("parley.properties"), "host=0.0.0.0\nport=1\ndatabase-password=hunter2\n");
    Terminal.Said said =
        new Terminal(
                folder,
                Map.of(
                    "PARLEY_SMTP_URL",
                    "smtp://ann:hunter2@mail.example:25?starttls=required",
                    "PARLEY_SECRET",
                    "hunter2hunter2hunter2hunter2hunter2",
                    "PARLEY_PORT",
                    "2"))
            .say(
                "config",
                "--port=3",
                "--database-url",
                "postgresql://ann:hun:ter2@db.example/chat?password=hunter2&sslmode=require",
                "--allow-fsync-off");
    assertEquals(0, said.code(), said.err());
    assertFalse(said.out().contains("hunter2") || said.out().contains("ter2"), said.out());
    for (String line :
        List.of(
            "host 0.0.0.0 (file parley.properties)",
            "port 3 (flag)",
            "allow-fsync-off on (flag)",
            "media-store disk (default)",
            "secret ******** (environment)",
            "database-password ******** (file parley.properties)",
            "database-url postgresql://ann:********@db.example/chat?password=********&sslmode=require (flag)",
            "smtp-url smtp://ann:********@mail.example:25?starttls=required (environment)")) {
      assertTrue(
          said.out().replaceAll(" +", " ").contains(line + "\n"), line + " in " + said.out());
    }
    assertEquals(Setting.values().length, said.out().lines().count());
  }

  @Test
  void shellCompletesCommandsAndFlags() throws Exception {
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, terminal().say("completion", "bash").out());
    assertEquals("export", completed(script, "parley", "exp"));
    assertEquals("promote", completed(script, "parley", "admin", "pr"));
    assertEquals("--with-secret", completed(script, "parley", "export", "--with"));
    assertEquals("--oidc-issuer", completed(script, "parley", "serve", "--oidc-i"));
  }

  /** As bash would, without a terminal: {@code compopt} only knows a completion under way. */
  private static String completed(Path script, String... words) throws Exception {
    String ask =
        "compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_parley; echo ${COMPREPLY[@]}"
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    String answer = new String(bash.getInputStream().readAllBytes()).strip();
    assertEquals(0, bash.waitFor(), answer);
    return answer;
  }
}
