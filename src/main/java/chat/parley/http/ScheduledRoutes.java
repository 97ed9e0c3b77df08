package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Limit;
import chat.parley.model.MessageText;
import chat.parley.model.Scheduled;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Messages to be sent later. */
final class ScheduledRoutes implements Routes {
  private static final Duration FARTHEST = Duration.ofDays(Scheduled.MAX_DAYS);

  private final Bus bus;
  private final Limits limits;
  private final Clock clock;

  ScheduledRoutes(Bus bus, Limits limits, Clock clock) {
    this.bus = bus;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public void addTo(Api api) {
    api.on("schedule", this::plan)
        .on("listScheduled", call -> bus.ask(Addresses.SCHEDULED_LIST, call.me()).map(Answer::ok))
        .on("changeScheduled", this::change)
        .on(
            "cancelScheduled",
            call ->
                bus.ask(
                        Addresses.SCHEDULED_CANCEL,
                        new Scheduled.Cancel(call.actor(), call.id("scheduledId")))
                    .map(gone -> Answer.noContent()));
  }

  private Future<Answer> plan(Call call) {
    limits.spend(Limit.MESSAGES_BY_USER, call.me().toString(), call.request().response());
    PlanBody body = call.body(PlanBody.class);
    requireText(body.text());
    requireAhead(body.at());
    Scheduled wish =
        new Scheduled(
            body.clientId() == null ? Ids.next() : body.clientId(),
            call.id("roomId"),
            body.text(),
            body.replyTo(),
            body.threadOf(),
            body.at(),
            null,
            null);
    return bus.ask(Addresses.SCHEDULED_PLAN, new Scheduled.Plan(call.actor(), wish))
        .map(Answer::created);
  }

  private Future<Answer> change(Call call) {
    ChangeBody body = call.body(ChangeBody.class);
    if (body.text() != null) {
      requireText(body.text());
    }
    if (body.at() != null) {
      requireAhead(body.at());
    }
    return bus.ask(
            Addresses.SCHEDULED_CHANGE,
            new Scheduled.Change(call.actor(), call.id("scheduledId"), body.text(), body.at()))
        .map(Answer::ok);
  }

  private static void requireText(String text) {
    String wrong = MessageText.objection(text);
    if (wrong != null) {
      throw Problem.INVALID.at("/text", wrong);
    }
  }

  private void requireAhead(Instant at) {
    Instant now = clock.instant();
    if (at.isBefore(now) || at.isAfter(now.plus(FARTHEST))) {
      throw Problem.INVALID.at("/at", "must lie ahead, by at most " + Scheduled.MAX_DAYS + " days");
    }
  }

  private record PlanBody(UUID clientId, String text, Instant at, Long replyTo, Long threadOf) {}

  private record ChangeBody(String text, Instant at) {}
}
