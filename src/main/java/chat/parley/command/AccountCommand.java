package chat.parley.command;

import chat.parley.Config;
import chat.parley.persistence.OperatorStore;
import chat.parley.persistence.OperatorStore.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import picocli.CommandLine.Parameters;

/** A command that changes one account. */
abstract class AccountCommand extends ServerCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The account's user name.")
  private String name;

  AccountCommand(Commands.Around around) {
    super(around);
  }

  abstract Future<Outcome> change(OperatorStore store, String account);

  /** Told once it is done. */
  abstract void tell(Config config, String account, Outcome outcome);

  @Override
  public final Integer call() {
    Config config = config();
    Vertx vertx = vertx();
    try (Reach reach = Reach.existing(config)) {
      requireUpToDate(reach.address());
      try (OperatorStore store = OperatorStore.of(vertx, reach.address())) {
        Outcome outcome = await(change(store, name));
        if (outcome == Outcome.UNKNOWN) {
          throw new Refused("There is no account named '" + name + "'.");
        }
        if (outcome == Outcome.DISABLED) {
          throw new Refused("The account '" + name + "' is disabled. Nothing was changed.");
        }
        tell(config, name, outcome);
        return 0;
      }
    } finally {
      close(vertx);
    }
  }
}
