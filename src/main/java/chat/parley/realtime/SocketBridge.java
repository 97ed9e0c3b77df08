package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Connection;
import chat.parley.model.Device;
import chat.parley.model.Limit;
import chat.parley.model.Users;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room addresses in the browser: the door for sockets of one event loop. It speaks the protocol of
 * the Vert.x SockJS event bus bridge, on raw WebSockets and on SockJS's websocket transport, with
 * one {@link Session} for both; every other SockJS transport is turned away, since it cannot be
 * made safe.
 */
public final class SocketBridge {
  private static final Logger LOG = LoggerFactory.getLogger(SocketBridge.class);
  private static final String RAW = "/eventbus/websocket";
  private static final Pattern SOCK_JS = Pattern.compile("/eventbus/[^/.]+/[^/.]+/websocket");
  private static final String CALLER = "parley.caller";
  private static final long LOOK_AFTER_MS = 1_000;
  private static final long SEEN_MS = 600_000;
  private static final long POLITENESS_MS = 2_000;

  /** What the HTTP door knows and sockets need. */
  public interface Door {
    /** Who asks for a socket, judged anew at every upgrade; fails when they may not have one. */
    Future<Caller> admit(HttpServerRequest request);

    /** Where the request comes from, behind proxies that are trusted. */
    String addressOf(HttpServerRequest request);

    /** The same in full, and what the client calls itself. */
    Device deviceOf(HttpServerRequest request);

    /** Somebody has come in by this request. */
    default SocketWatch opened(HttpServerRequest request, UUID userId) {
      return SocketWatch.NONE;
    }

    /** Answers with a problem. */
    void refuse(HttpServerRequest request, Throwable failure);
  }

  private final Vertx vertx;
  private final Bus bus;
  private final Node node;
  private final Door door;
  private final Session.Loop loop;
  private final ScriptDoor scripts;
  private final Set<Session> sessions = new HashSet<>();
  private boolean closing;

  /** One for each event loop; {@code node} is shared by all of them. */
  public SocketBridge(Vertx vertx, Bus bus, Node node, Door door) {
    this.vertx = vertx;
    this.bus = bus;
    this.node = node;
    this.door = door;
    this.scripts = new ScriptDoor(vertx, bus);
    Flusher flusher = new Flusher(vertx, node);
    RoomHub hub = new RoomHub(vertx, bus, node, flusher);
    UserHub users = new UserHub(bus, node);
    this.loop =
        new Session.Loop(hub, users, new RoomCommands(bus), new Renewal(bus), flusher, node);
  }

  /** Starts to listen on the calling context, which must be that of the HTTP server. */
  public void start() {
    node.hear(
        vertx.getOrCreateContext(),
        heads -> {
          loop.hub().heads(heads);
          loop.users().heads(heads);
        });
    node.rollCall.join(vertx.getOrCreateContext(), question -> Roster.of(sessions, question));
    bus.hear(Addresses.SESSIONS_ENDED, "", ended -> endSessions(ended.sessionIds()));
    bus.hear(Addresses.ANNOUNCEMENTS, "", news -> loop.users().tellAll(news.json()));
    bus.hear(Addresses.ACCOUNT_CHANGED, "", changed -> rename(changed.userId()));
    vertx.setPeriodic(LOOK_AFTER_MS, timer -> lookAfter());
    vertx.setPeriodic(SEEN_MS, timer -> tellSeen());
  }

  /** Reads anew how somebody is called, for what they say from now on. */
  private void rename(UUID userId) {
    if (sessions.stream().anyMatch(each -> each.userId().equals(userId))) {
      bus.ask(Addresses.USERS_GET, new Users.Get(userId, userId))
          .onSuccess(
              user ->
                  sessions.stream()
                      .filter(each -> each.userId().equals(userId))
                      .forEach(each -> each.known(user.person())));
    }
  }

  /** A session that only listens is in use as well. */
  private void tellSeen() {
    List<UUID> seen = sessions.stream().map(Session::sessionId).distinct().toList();
    if (!seen.isEmpty()) {
      bus.ask(Addresses.AUTH_SEEN, seen);
    }
  }

  private void endSessions(List<UUID> ended) {
    Set<UUID> ids = Set.copyOf(ended);
    List.copyOf(sessions).stream()
        .filter(each -> ids.contains(each.sessionId()))
        .forEach(Session::endSession);
  }

  private void lookAfter() {
    long nanos = System.nanoTime();
    long millis = System.currentTimeMillis();
    List.copyOf(sessions).forEach(each -> each.lookAfter(nanos, millis));
    // What was shed while nothing went out.
    loop.flusher().tally.settle();
  }

  /**
   * Whether this is an upgrade to a raw socket, to be given to {@link #upgrade} before any router
   * sees it.
   */
  public boolean takes(HttpServerRequest request) {
    return request.method() == HttpMethod.GET
        && (RAW.equals(request.path()) || Script.at(request.path()).isPresent())
        && request.canUpgradeToWebSocket();
  }

  /** Opens a raw socket, or answers why not. */
  public void upgrade(HttpServerRequest request) {
    request.pause();
    Optional<Script> script = Script.at(request.path());
    Future<Caller> admitted = door.admit(request);
    script
        .map(each -> admitted.compose(caller -> scripts.admit(each, caller)))
        .orElse(admitted)
        .onComplete(
            caller ->
                request
                    .toWebSocket()
                    .onComplete(
                        socket -> open(caller, request, socket, script),
                        failure -> LOG.debug("An upgrade failed: {}", failure.toString())),
            failure -> {
              request.resume();
              door.refuse(request, failure);
            });
  }

  private void open(
      Caller caller, HttpServerRequest request, ServerWebSocket socket, Optional<Script> script) {
    Wire wire = node.wires.of(socket);
    String address = door.addressOf(request);
    Session session =
        new Session(
            caller,
            script.<Wire>map(each -> new ScriptWire(wire, each)).orElse(wire),
            loop,
            peer(
                caller,
                request,
                script.isPresent() ? Connection.Transport.SCRIPT : Connection.Transport.RAW),
            code -> closePolitely(socket, code));
    socket.binaryMessageHandler(binary -> session.received(""));
    socket.exceptionHandler(thrown -> session.close(CloseCode.TOO_LARGE));
    socket.closeHandler(
        gone -> {
          Short code = socket.closeStatusCode();
          closed(session, code == null ? 0 : code, address, node.meters.raw);
        });
    opened(session, address, node.meters.raw);
    script.ifPresentOrElse(
        each -> scripts.begin(each, session, socket),
        () -> socket.textMessageHandler(session::received));
  }

  private Session.Peer peer(
      Caller caller, HttpServerRequest request, Connection.Transport transport) {
    return new Session.Peer(
        door.deviceOf(request), transport, door.opened(request, caller.userId()));
  }

  private static void closePolitely(ServerWebSocket socket, CloseCode code) {
    socket.close(code.code, code.reason);
  }

  /** The SockJS door, to be mounted at {@code /eventbus/*}. */
  public Router sockJs() {
    SockJSHandlerOptions options =
        new SockJSHandlerOptions()
            .setInsertJSESSIONID(false)
            .setRegisterWriteHandler(false)
            .setMaxBytesStreaming(64 * 1024);
    List.of("XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P").forEach(options::addDisabledTransport);
    Router router = Router.router(vertx);
    router.route().handler(this::admitSockJs);
    router.route("/*").subRouter(SockJSHandler.create(vertx, options).socketHandler(this::open));
    return router;
  }

  /** Lets through the greeting and the websocket transport, and nothing of the rest. */
  private void admitSockJs(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean upgrade = SOCK_JS.matcher(request.path()).matches() && request.canUpgradeToWebSocket();
    if (request.method() == HttpMethod.GET && request.path().equals("/eventbus/info")) {
      context.next();
    } else if (request.method() == HttpMethod.GET && upgrade) {
      request.pause();
      door.admit(request)
          .onComplete(
              caller -> {
                request.resume();
                context.put(CALLER, caller).next();
              },
              context::fail);
    } else {
      context.fail(Problem.NOT_FOUND.failure());
    }
  }

  private void open(SockJSSocket socket) {
    RoutingContext context = socket.routingContext();
    Caller caller = context.get(CALLER);
    Wire wire = node.wires.of(socket);
    // SockJS hides the code from its client; the session has sent it as a last frame, which the
    // plain wire writes only at the end of this turn.
    Session session =
        new Session(
            caller,
            wire,
            loop,
            peer(caller, context.request(), Connection.Transport.SOCKJS),
            code -> vertx.runOnContext(turn -> socket.close()));
    String address = door.addressOf(context.request());
    socket.handler(text -> session.received(text.toString()));
    socket.exceptionHandler(thrown -> session.close(CloseCode.TOO_LARGE));
    socket.closeHandler(gone -> closed(session, 0, address, node.meters.sockJs));
    opened(session, address, node.meters.sockJs);
  }

  private void opened(Session session, String address, AtomicInteger transport) {
    sessions.add(session);
    transport.incrementAndGet();
    boolean place =
        node.takePlace(session.userId(), Limit.SOCKETS_BY_USER.most())
            & node.takePlace(address, Limit.SOCKETS_BY_ADDRESS.most());
    if (closing) {
      close(session, CloseCode.STOPPING);
    } else if (!place) {
      close(session, CloseCode.TOO_MANY);
    } else {
      refuseIfEnded(session);
    }
  }

  /**
   * The session may have ended between the upgrade's check and now, when nobody would have told
   * this socket.
   */
  private void refuseIfEnded(Session session) {
    bus.ask(Addresses.AUTH_ENDED, session.sessionId())
        .onSuccess(
            ended -> {
              if (ended) {
                session.endSession();
              }
            })
        .onFailure(
            failure ->
                LOG.warn(
                    "Cannot tell whether a session has ended: {}", ((Failure) failure).problem()));
  }

  private void closed(Session session, int code, String address, AtomicInteger transport) {
    boolean byPeer = !session.closedHere();
    session.gone();
    if (sessions.remove(session)) {
      session.tellClosed(code, byPeer);
      transport.decrementAndGet();
      if (byPeer) {
        node.meters.closedByPeer();
      }
      node.givePlace(session.userId());
      node.givePlace(address);
    }
  }

  private static void close(Session session, CloseCode code) {
    session.close(code);
  }

  /**
   * Tells every socket that the server is stopping; completes when they are gone, or have been cut.
   */
  public Future<Void> close() {
    closing = true;
    List.copyOf(sessions).forEach(each -> each.close(CloseCode.STOPPING));
    if (sessions.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    long started = System.nanoTime();
    vertx.setPeriodic(
        20,
        timer -> {
          boolean late = System.nanoTime() - started > POLITENESS_MS * 1_000_000;
          if (late) {
            List.copyOf(sessions).forEach(Session::cut);
          }
          if (sessions.isEmpty() || late) {
            vertx.cancelTimer(timer);
            done.tryComplete();
          }
        });
    return done.future();
  }
}
