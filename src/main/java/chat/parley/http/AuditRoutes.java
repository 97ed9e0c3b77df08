package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Audit;
import io.vertx.core.Future;

/** Whether the audit log is what it was; its rows are a list of the panel. */
final class AuditRoutes implements Routes {
  private final Bus bus;

  AuditRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on("verifyAuditLog", this::verify);
  }

  private Future<Answer> verify(Call call) {
    Long after = call.number("after");
    Audit.Verify ask = new Audit.Verify(call.actor(), after == null ? 0 : after);
    return bus.ask(Addresses.AUDIT_VERIFY, ask).map(Answer::ok);
  }
}
