package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Audit;
import chat.parley.model.Connection;
import chat.parley.model.Connections;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sockets that are open, on all nodes, and closing one, for administrators. */
final class ConnectionRoutes implements Routes {
  private final Bus bus;

  ConnectionRoutes(Bus bus) {
    this.bus = bus;
  }

  /** The youngest first; how many nodes did not answer, whose are not among them. */
  private record Found(List<Connection> items, UUID next, int silentNodes) {
    static Found of(Connections.Gathered gathered, int limit) {
      List<Connection> all =
          gathered.shares().stream()
              .flatMap(share -> share.found().stream())
              .sorted(Comparator.comparing(Connection::id).reversed())
              .limit(limit)
              .toList();
      UUID next = all.size() < limit ? null : all.get(limit - 1).id();
      return new Found(all, next, gathered.silent());
    }
  }

  @Override
  public void addTo(Api api) {
    api.on("listConnections", this::list).on("closeConnection", this::close);
  }

  private Future<Answer> list(Call call) {
    int limit = call.limit();
    Connections.Question question =
        new Connections.Question(
            null,
            call.id("userId"),
            "true".equals(call.text("behind")),
            call.id("before"),
            limit,
            false);
    return bus.ask(Addresses.CONNECTIONS_FIND, question)
        .map(gathered -> Answer.ok(Found.of(gathered, limit)));
  }

  private Future<Answer> close(Call call) {
    UUID id = call.id("connectionId");
    return bus.ask(Addresses.CONNECTIONS_FIND, Connections.Question.one(id))
        .map(ConnectionRoutes::found)
        .compose(found -> found.isPresent() ? close(call, found.get()) : Future.succeededFuture())
        .map(closed -> Answer.noContent());
  }

  private Future<?> close(Call call, Connection found) {
    return bus.ask(Addresses.AUDIT_NOTE, note(call, found))
        .compose(
            noted -> bus.ask(Addresses.CONNECTIONS_FIND, Connections.Question.kick(found.id())));
  }

  /** Empty when there is none any more, which is what was wanted. */
  private static Optional<Connection> found(Connections.Gathered gathered) {
    Optional<Connection> found =
        gathered.shares().stream().flatMap(share -> share.found().stream()).findFirst();
    if (found.isEmpty() && gathered.silent() > 0) {
      throw Problem.UNAVAILABLE.retryAfter(2, "A node that may have it does not answer");
    }
    return found;
  }

  private static Audit.Note note(Call call, Connection closed) {
    return new Audit.Note(
        call.actor(),
        Act.CONNECTION_KICK,
        Map.of("id", closed.sessionId()),
        Map.of("connection", closed.id(), "user_id", closed.user().id()));
  }
}
