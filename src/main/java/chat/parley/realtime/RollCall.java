package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Connection;
import chat.parley.model.Connections;
import chat.parley.model.Ids;
import chat.parley.model.Json;
import chat.parley.model.NodeNews;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sockets are open, asked of every event loop of every node: each tells of its own, on its
 * own. The other nodes have a second; who has not answered by then is told to whoever asked. One
 * event loop keeps count; {@link #join} may be called by all.
 */
final class RollCall {
  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);
  private static final long PATIENCE_MS = 1_000;

  /** So much sooner than whoever asks stops waiting. */
  private static final long LOOP_PATIENCE_MS = 700;

  private static final int MOST_CALLS = 100;

  /** A question that other nodes are still to answer. */
  private static final class Call {
    final List<Connections.Share> shares = new ArrayList<>();
    final Promise<Void> done = Promise.promise();
    final Set<UUID> missing;

    Call(Set<UUID> missing) {
      this.missing = missing;
    }
  }

  private record Ear(Context context, Function<Connections.Question, Roster> roster) {}

  private final Instant startedAt = Instant.now();
  private final Vertx vertx;
  private final Bus bus;
  private final Neighbours neighbours;
  private final UUID self;
  private final List<Ear> loops = new CopyOnWriteArrayList<>();
  private final Map<UUID, Call> calls = new HashMap<>();

  private RollCall(Vertx vertx, Bus bus, Neighbours neighbours) {
    this.vertx = vertx;
    this.bus = bus;
    this.neighbours = neighbours;
    this.self = neighbours == null ? Ids.next() : neighbours.self();
  }

  /** {@code neighbours} is null for a server that stands alone. */
  static RollCall start(Vertx vertx, Bus bus, Neighbours neighbours) {
    RollCall call = new RollCall(vertx, bus, neighbours);
    vertx.getOrCreateContext().runOnContext(turn -> call.listen());
    return call;
  }

  private void listen() {
    bus.serve(Addresses.CONNECTIONS_FIND, this::gather);
    if (neighbours != null) {
      bus.hear(Addresses.NODES, "", this::heard);
    }
  }

  /** From now on this event loop is asked too. */
  void join(Context context, Function<Connections.Question, Roster> roster) {
    loops.add(new Ear(context, roster));
  }

  private Future<Connections.Gathered> gather(Connections.Question question) {
    Future<Connections.Share> ours = here(question);
    if (neighbours == null || calls.size() >= MOST_CALLS) {
      int silent = neighbours == null ? 0 : neighbours.others().size();
      return ours.map(share -> new Connections.Gathered(List.of(share), silent));
    }
    UUID callId = Ids.next();
    Call call = new Call(new HashSet<>(neighbours.others()));
    calls.put(callId, call);
    bus.publish(Addresses.NODES, "", new NodeNews.Roll(self, callId, Json.bytes(question)));
    vertx.setTimer(PATIENCE_MS, late -> call.done.tryComplete());
    finishIfAllTold(call);
    return Future.all(ours, call.done.future())
        .map(
            done -> {
              List<Connections.Share> all = new ArrayList<>(List.of(ours.result()));
              all.addAll(call.shares);
              return new Connections.Gathered(all, call.missing.size());
            })
        .onComplete(done -> calls.remove(callId));
  }

  /** All event loops of this node; one that is too busy to say tells of nobody. */
  private Future<Connections.Share> here(Connections.Question question) {
    List<Future<Roster>> asked = loops.stream().map(loop -> ask(loop, question)).toList();
    return Future.all(asked)
        .map(
            told -> {
              Roster all = asked.stream().map(Future::result).reduce(Roster.NOBODY, Roster::plus);
              List<Connection> youngest =
                  all.found().stream()
                      .sorted(Comparator.comparing(Connection::id).reversed())
                      .limit(Math.min(question.limit(), Connections.MOST))
                      .toList();
              return new Connections.Share(
                  self, bus.nodeName(), startedAt, all.numbers(), youngest);
            });
  }

  private Future<Roster> ask(Ear loop, Connections.Question question) {
    Context ours = vertx.getOrCreateContext();
    Promise<Roster> told = Promise.promise();
    loop.context()
        .runOnContext(
            turn -> {
              Roster roster = loop.roster().apply(question);
              ours.runOnContext(back -> told.tryComplete(roster));
            });
    vertx.setTimer(LOOP_PATIENCE_MS, late -> told.tryComplete(Roster.NOBODY));
    return told.future();
  }

  private void heard(NodeNews news) {
    if (news.nodeId().equals(self)) {
      return;
    }
    try {
      if (news instanceof NodeNews.Roll roll) {
        here(Json.read(roll.question(), Connections.Question.class))
            .onSuccess(
                share ->
                    bus.publish(
                        Addresses.NODES,
                        "",
                        new NodeNews.Share(self, roll.callId(), Json.bytes(share))));
      } else if (news instanceof NodeNews.Share told && calls.containsKey(told.callId())) {
        take(
            calls.get(told.callId()),
            told.nodeId(),
            Json.read(told.answer(), Connections.Share.class));
      }
    } catch (IOException foreign) {
      LOG.debug("Another node asks or answers what is not understood here: {}", foreign.toString());
    }
  }

  private static void take(Call call, UUID nodeId, Connections.Share share) {
    if (call.missing.remove(nodeId)) {
      call.shares.add(share);
      finishIfAllTold(call);
    }
  }

  private static void finishIfAllTold(Call call) {
    if (call.missing.isEmpty()) {
      call.done.tryComplete();
    }
  }
}
