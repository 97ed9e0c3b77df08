package chat.parley.command;

import chat.parley.Config;
import chat.parley.Parley;
import chat.parley.Setting;
import chat.parley.auth.AdminInvite;
import chat.parley.persistence.OperatorStore;
import io.vertx.core.Vertx;
import picocli.CommandLine.Command;

/** {@code parley admin invite} */
@Command(
    name = "invite",
    header = "Prints a link by which an administrator makes their account.",
    description =
        "It works once, for a day, whoever may make accounts. From then on nobody becomes an "
            + "administrator by being the first. Pass it on by a way you trust.")
final class InviteCommand extends ServerCommand {
  InviteCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() {
    Config config = config();
    Vertx vertx = vertx();
    try (Reach reach = Reach.existing(config)) {
      requireUpToDate(reach.address());
      AdminInvite invite = AdminInvite.next(requestId());
      try (OperatorStore store = OperatorStore.of(vertx, reach.address())) {
        await(store.invite(invite.row()));
      }
      String site = Parley.url(config, config.number(Setting.PORT));
      out().println(site + AdminInvite.PLACE + invite.token());
      return 0;
    } finally {
      close(vertx);
    }
  }
}
