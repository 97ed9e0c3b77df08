package chat.parley.command;

import chat.parley.Config;
import chat.parley.persistence.OperatorStore;
import chat.parley.persistence.OperatorStore.Outcome;
import io.vertx.core.Future;
import picocli.CommandLine.Command;

/** {@code parley admin promote NAME} */
@Command(
    name = "promote",
    header = "Makes an account an administrator's.",
    description =
        "A running server takes it up within 20 seconds, and at once for who signs in anew.")
final class PromoteCommand extends AccountCommand {
  PromoteCommand(Commands.Around around) {
    super(around);
  }

  @Override
  Future<Outcome> change(OperatorStore store, String account) {
    return store.promote(account, requestId());
  }

  @Override
  void tell(Config config, String account, Outcome outcome) {
    out()
        .println(
            account
                + (outcome == Outcome.WAS_SO
                    ? " is an administrator already."
                    : " is an administrator now."));
  }
}
