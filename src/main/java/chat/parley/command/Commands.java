package chat.parley.command;

import chat.parley.Config;
import chat.parley.Setting;
import chat.parley.persistence.StartFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Every command, and what all have in common: the settings, help, and how a failure is told. */
public final class Commands {
  /** What commands that need the database are mostly told. */
  private static final Set<Setting> USUAL =
      Set.of(
          Setting.DATA,
          Setting.CONFIG,
          Setting.DATABASE_URL,
          Setting.DATABASE_USER,
          Setting.DATABASE_PASSWORD);

  private static final int SETTINGS_WIDTH = 100;

  /**
   * What a command finds around it.
   *
   * @param folder where relative paths and the file of settings are
   */
  public record Around(
      Map<String, String> environment, Path folder, PrintWriter out, PrintWriter err, Clock clock) {
    /** Those of this process. */
    public static Around process(PrintWriter out, PrintWriter err) {
      return new Around(System.getenv(), Path.of(""), out, err, Clock.systemUTC());
    }
  }

  @Command(
      name = "parley",
      description = "A real-time chat server, and the commands that look after it.",
      footer =
          "%nWithout a command the server is started, as by serve. Commands take the server's"
              + " settings, as flags, from the environment and from parley.properties. 'parley'"
              + " stands for 'java -jar parley.jar'.")
  private static final class Root {}

  @Command(
      name = "serve",
      description = "Starts the server, which is what happens without a command.")
  private static final class Serve {}

  @Command(name = "admin", header = "What administrators do, for whoever has the machine.")
  private static final class Admin {}

  @Command(name = "audit", header = "Looks after the audit log.")
  private static final class Audit {}

  private Commands() {}

  /** Gives the exit code: 0 done, 1 it could not be done, 2 it was said wrongly. */
  public static int run(List<String> arguments, Around around) {
    CommandLine line = line(around);
    boolean aboutServing = arguments.isEmpty() || arguments.get(0).startsWith("-");
    if (aboutServing && (arguments.contains("--help") || arguments.contains("-h"))) {
      line.usage(around.out());
      around.out().print("\n" + Config.help());
      around.out().flush();
      return CommandLine.ExitCode.OK;
    }
    return line.execute(arguments.toArray(String[]::new));
  }

  static CommandLine line(Around around) {
    CommandLine line =
        new CommandLine(new Root())
            .addSubcommand(withSettings(new CommandLine(new Serve()), true))
            .addSubcommand(withSettings(new CommandLine(new MigrateCommand(around)), false))
            .addSubcommand(
                new CommandLine(new Admin())
                    .addSubcommand(withSettings(new CommandLine(new InviteCommand(around)), false))
                    .addSubcommand(withSettings(new CommandLine(new PromoteCommand(around)), false))
                    .addSubcommand(
                        withSettings(new CommandLine(new ResetLinkCommand(around)), false)))
            .addSubcommand(withSettings(new CommandLine(new ExportCommand(around)), false))
            .addSubcommand(withSettings(new CommandLine(new ImportCommand(around)), false))
            .addSubcommand(
                new CommandLine(new Audit())
                    .addSubcommand(withSettings(new CommandLine(new VerifyCommand(around)), false)))
            .addSubcommand(withSettings(new CommandLine(new ConfigCommand(around)), true))
            .addSubcommand(withSettings(new CommandLine(new DoctorCommand(around)), false))
            .addSubcommand(new CommandLine(new CompletionCommand(around)))
            .addSubcommand(new CommandLine(new HelpCommand()));
    helpful(line);
    line.getCommandSpec().versionProvider(version());
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Tells the version.")
                .build());
    return line.setOut(around.out())
        .setErr(around.err())
        .setParameterExceptionHandler(Commands::misunderstood)
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, around.err()));
  }

  private static IVersionProvider version() {
    return () -> new String[] {"Parley " + versionOfThisJar()};
  }

  /** As its manifest says; classes in a folder have none. */
  static String versionOfThisJar() {
    String version = Config.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }

  private static void helpful(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.usageMessage().sortOptions(false).width(SETTINGS_WIDTH);
    if (!(line.getCommand() instanceof HelpCommand)) {
      spec.addOption(
          OptionSpec.builder("-h", "--help").usageHelp(true).description("Tells this.").build());
    }
    line.getSubcommands().values().forEach(Commands::helpful);
  }

  /** Every setting may be given; help shows the usual ones, or all. */
  private static CommandLine withSettings(CommandLine line, boolean all) {
    for (Setting setting : Setting.values()) {
      OptionSpec.Builder option =
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel(setting.isSwitch() ? "on|off" : "VALUE")
              .arity(setting.isSwitch() ? "0..1" : "1")
              .description(setting.says().replace("%", "%%"))
              .hidden(!all && !USUAL.contains(setting));
      line.getCommandSpec()
          .addOption(setting.isSwitch() ? option.fallbackValue("on").build() : option.build());
    }
    return line;
  }

  /** The settings that a command was given, and those it finds. */
  static Config config(CommandSpec spec, Around around) {
    List<String> flags =
        Arrays.stream(Setting.values())
            .filter(setting -> spec.commandLine().getParseResult().hasMatchedOption(setting.flag()))
            .map(setting -> setting.flag() + "=" + spec.findOption(setting.flag()).getValue())
            .toList();
    return Config.read(flags, around.environment(), around.folder());
  }

  private static int misunderstood(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    line.getErr().println("parley: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, line.getErr());
    line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception failure, PrintWriter err) {
    err.println("parley: " + words(failure));
    return failure instanceof Config.Wrong
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static String words(Exception failure) {
    if (failure instanceof Config.Wrong
        || failure instanceof StartFailure
        || failure instanceof Refused) {
      return failure.getMessage();
    }
    LoggerFactory.getLogger(Commands.class).debug("A command failed", failure);
    return "This did not work: " + failure;
  }
}
