package chat.parley.command;

import chat.parley.Config;
import chat.parley.Parley;
import chat.parley.Setting;
import chat.parley.auth.ResetLink;
import chat.parley.persistence.OperatorStore;
import chat.parley.persistence.OperatorStore.Outcome;
import io.vertx.core.Future;
import picocli.CommandLine.Command;

/** {@code parley admin reset-link NAME} */
@Command(
    name = "reset-link",
    header = "Prints a link by which somebody chooses a new password.",
    description =
        "It works once, for 10 minutes, and ends the links before it; using it ends every "
            + "session of the account. Pass it on by a way you trust.")
final class ResetLinkCommand extends AccountCommand {
  private final ResetLink made = ResetLink.next();

  ResetLinkCommand(Commands.Around around) {
    super(around);
  }

  @Override
  Future<Outcome> change(OperatorStore store, String account) {
    return store.link(account, made.link(), requestId());
  }

  @Override
  void tell(Config config, String account, Outcome outcome) {
    String site = Parley.url(config, config.number(Setting.PORT));
    out().println(site + "/#/reset/" + made.token());
  }
}
