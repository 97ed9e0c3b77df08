package chat.parley.command;

import chat.parley.Config;
import chat.parley.persistence.Migrations;
import picocli.CommandLine.Command;

/** {@code parley migrate} */
@Command(
    name = "migrate",
    header = "Brings the database up to date and ends.",
    description = "A start of the server does the same. There is no way back: export first.")
final class MigrateCommand extends ServerCommand {
  MigrateCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() {
    Config config = config();
    try (Reach reach = Reach.any(config)) {
      int before = Migrations.present(reach.address());
      Migrations.run(reach.address());
      int after = Migrations.present(reach.address());
      out()
          .println(
              before == after
                  ? "The database is up to date, at version " + after + "."
                  : "The database is now at version " + after + ", and was at " + before + ".");
      return 0;
    }
  }
}
