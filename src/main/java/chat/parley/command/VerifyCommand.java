package chat.parley.command;

import chat.parley.Config;
import chat.parley.model.Act;
import chat.parley.model.Audit;
import chat.parley.persistence.AuditVerification;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley audit verify} */
@Command(
    name = "verify",
    header = "Shows that the audit log is as it was written.",
    description =
        "Walks its chain of hashes and ends with 1 at the first row that was changed, removed or "
            + "inserted. Prints where the chain ends; write that down elsewhere, since whoever may "
            + "write to the database can lay another chain.")
final class VerifyCommand extends ServerCommand {
  @Option(
      names = "--expect",
      paramLabel = "ID:HASH",
      description = "A place that was written down: the chain has to pass it.")
  private String expected;

  @Spec private CommandSpec said;

  VerifyCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() {
    Audit.Place place = place();
    Config config = config();
    Vertx vertx = vertx();
    try (Reach reach = Reach.existing(config)) {
      requireUpToDate(reach.address());
      note(vertx, reach.address(), Act.AUDIT_VERIFY, Map.of());
      return tell(AuditVerification.verify(reach.address(), place));
    } finally {
      close(vertx);
    }
  }

  private Audit.Place place() {
    try {
      return expected == null ? null : Audit.Place.read(expected);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          said.commandLine(), "--expect is not like 4711:6b86b273ff34…: '" + expected + "'");
    }
  }

  private int tell(Audit.Verified verified) {
    String upTo = verified.upTo() + ":" + verified.hash();
    if (verified.broken() != null) {
      throw new Refused(
          "The audit log is not as it was: row "
              + verified.broken().id()
              + " was "
              + verified.broken().flaw().name().toLowerCase(Locale.ROOT)
              + ". It holds up to "
              + upTo
              + ".");
    }
    out().println("The audit log is as it was written: " + verified.links() + " rows, up to");
    out().println(upTo);
    return 0;
  }
}
