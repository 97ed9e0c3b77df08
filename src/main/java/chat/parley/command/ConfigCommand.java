package chat.parley.command;

import chat.parley.Config;
import chat.parley.Setting;
import picocli.CommandLine.Command;

/** {@code parley config} */
@Command(
    name = "config",
    header = "Tells every setting as it is in force, and who said so.",
    description = "Secrets are not shown.")
final class ConfigCommand extends ServerCommand {
  ConfigCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() {
    Config config = config();
    for (Setting setting : Setting.values()) {
      String value = setting.shown(config.get(setting));
      out()
          .printf(
              "%-22s %s  (%s)%n",
              setting.key(), value.isEmpty() ? "-" : value, config.source(setting));
    }
    return 0;
  }
}
