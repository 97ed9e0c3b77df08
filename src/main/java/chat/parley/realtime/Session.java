package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Caller;
import chat.parley.model.Connection;
import chat.parley.model.Device;
import chat.parley.model.Ids;
import chat.parley.model.Json;
import chat.parley.model.Limit;
import chat.parley.model.Live;
import chat.parley.model.Person;
import chat.parley.model.Scope;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One socket, raw or SockJS: understands the bridge protocol, answers every frame, and hears rooms.
 * Lives on one event loop; bounded in registrations, unanswered sends, frames a second and bytes
 * that wait for the peer.
 */
final class Session {
  private static final long POLITENESS_NANOS = 3_000_000_000L;
  private static final long SILENCE_NANOS = 30_000_000_000L;

  private final Node node;
  private final Outbound out;
  private final Hearing hearing;
  private final RoomCommands commands;
  private final Renewal renewal;
  private final Pace pace;
  private final Consumer<CloseCode> closer;
  private final UUID id = Ids.next();
  private final Instant since = Instant.now();
  private final Peer peer;
  private final SocketWatch watch;
  private Proof proof;
  private Person person;
  private boolean renewing;
  private int unanswered;
  private int nonsense;
  private long heardAtNanos = System.nanoTime();
  private long closedAtNanos;
  private CloseCode closedWith;

  /** What the sockets of one event loop share. */
  record Loop(
      RoomHub hub,
      UserHub users,
      RoomCommands commands,
      Renewal renewal,
      Flusher flusher,
      Node node) {}

  /** Who is at the other end, how they speak, and who is told of it. */
  record Peer(Device device, Connection.Transport transport, SocketWatch watch) {}

  /**
   * @param closer closes the transport with a code, politely
   */
  Session(Caller caller, Wire wire, Loop loop, Peer peer, Consumer<CloseCode> closer) {
    this.proof = new Proof(caller, System.currentTimeMillis());
    this.person = caller.user().person();
    this.node = loop.node;
    this.out = new Outbound(wire, loop.flusher, loop.node);
    this.hearing = new Hearing(this, loop.hub, loop.users);
    this.commands = loop.commands;
    this.renewal = loop.renewal;
    this.pace = loop.node.isLimited() ? new Pace() : null;
    this.peer = peer;
    this.watch = peer.watch();
    this.closer = closer;
  }

  UUID id() {
    return id;
  }

  Connection.Transport transport() {
    return peer.transport();
  }

  /** Whether it gets no more than where its rooms stand. */
  boolean isBehind() {
    return out.behindFor(0) != null;
  }

  long waitingBytes() {
    return out.waiting();
  }

  /** As an administrator is shown it. */
  Connection shown(long nowNanos) {
    return new Connection(
        id,
        person,
        sessionId(),
        peer.transport(),
        peer.device().address(),
        peer.device().agent(),
        since,
        hearing.size(),
        out.waiting(),
        out.behindFor(nowNanos),
        (nowNanos - heardAtNanos) / 1_000_000,
        node.name());
  }

  UUID userId() {
    return proof.caller().userId();
  }

  UUID sessionId() {
    return proof.caller().sessionId();
  }

  boolean may(Scope scope) {
    return proof.caller().may(scope);
  }

  Person person() {
    return person;
  }

  /** The person is called otherwise from now on. */
  void known(Person as) {
    person = as;
  }

  Actor actor(UUID requestId) {
    return proof.caller().actor(requestId.toString());
  }

  Hearing hearing() {
    return hearing;
  }

  // What comes in.

  /** One text frame of the client. */
  void received(String text) {
    received(text, ClientFrame::read);
  }

  /** The same from a client that speaks otherwise. */
  void received(String text, Function<String, Optional<ClientFrame>> reader) {
    if (out.isClosed()) {
      return;
    }
    heardAtNanos = System.nanoTime();
    if (pace != null && !pace.take()) {
      close(CloseCode.TOO_MANY);
      return;
    }
    if (proof.isOver(System.currentTimeMillis())) {
      expire();
      return;
    }
    Optional<ClientFrame> frame = reader.apply(text);
    if (frame.isEmpty()) {
      refuseFrame("invalid_json");
    } else {
      understood(frame.get());
    }
  }

  /** The client is there, though it said nothing. */
  void alive() {
    heardAtNanos = System.nanoTime();
  }

  /** Hears addresses that the client did not have to ask for. */
  void hear(Stream<String> addresses) {
    if (!out.isClosed()) {
      addresses.forEach(hearing::register);
    }
  }

  private void understood(ClientFrame frame) {
    if (frame.type() == null) {
      refuseFrame("missing_type");
    } else if (!frame.isWellFormed()) {
      refuseFrame("invalid_headers");
    } else {
      switch (frame.type()) {
        case "ping" -> ping(frame.wantsPong());
        case "register" -> register(frame);
        case "unregister" -> unregister(frame.address());
        case "send" -> send(frame);
        case Frames.AUTH -> authenticate(frame.token());
        case "publish" -> refuseFrame("access_denied");
        default -> refuseFrame("invalid_type");
      }
    }
  }

  private void refuseFrame(String word) {
    node.meters.refused(Problem.MALFORMED);
    out.send(Frames.error(word));
    if (++nonsense >= Limit.NONSENSE_BY_SOCKET.most()) {
      close(CloseCode.NONSENSE);
    }
  }

  /** Registers one address or many. */
  private void register(ClientFrame frame) {
    Set<String> addresses = new LinkedHashSet<>();
    if (frame.address() != null) {
      addresses.add(frame.address());
    }
    addresses.addAll(frame.addresses());
    if (addresses.isEmpty()) {
      refuseFrame("missing_address");
    }
    for (String address : addresses) {
      if (!may(Scope.READ)) {
        refuse(address, Problem.SCOPE_MISSING.because("This key lacks the scope \"read\""));
      } else if (!out.isClosed() && !hearing.register(address)) {
        refuseFrame("access_denied");
      }
    }
  }

  private void unregister(String address) {
    if (!hearing.unregister(address)) {
      refuseFrame(address == null ? "missing_address" : "access_denied");
    }
  }

  private void ping(boolean wantsPong) {
    if (wantsPong) {
      out.send(Json.bytes(hearing.pong()));
    } else {
      hearing.tellChangedHeads();
    }
  }

  /** One at a time; what is heard meanwhile is heard by the proof before. */
  private void authenticate(String token) {
    if (token == null) {
      refuseFrame("missing_token");
    } else if (renewing) {
      refuse(Frames.AUTH, Problem.TOO_MANY_REQUESTS.retryAfter(1, "One token at a time"));
    } else {
      renewing = true;
      renewal
          .prove(proof.caller(), token)
          .onComplete(
              done -> {
                renewing = false;
                if (done.failed()) {
                  refuse(Frames.AUTH, (Failure) done.cause());
                } else {
                  renew(done.result());
                }
              });
    }
  }

  private void renew(Caller caller) {
    long now = System.currentTimeMillis();
    if (proof.isOver(now)) {
      expire();
    } else {
      proof = new Proof(caller, now);
      out.send(Frames.authenticated(caller.expiresAt()));
    }
  }

  private void send(ClientFrame frame) {
    UUID roomId = ClientFrame.idIn(frame.address(), "room.");
    if (frame.address() == null) {
      refuseFrame("missing_address");
    } else if (roomId == null) {
      turnAway(frame, null, Problem.FORBIDDEN.because("Clients send to rooms only"));
    } else if (unanswered >= Limit.UNANSWERED_BY_SOCKET.most()) {
      turnAway(
          frame,
          roomId,
          Problem.TOO_MANY_REQUESTS.retryAfter(1, "Too many sends without an answer yet"));
    } else {
      carryOut(frame, roomId);
    }
  }

  private void carryOut(ClientFrame frame, UUID roomId) {
    unanswered++;
    UUID requestId = Ids.next();
    long began = System.nanoTime();
    commands
        .carryOut(this, actor(requestId), roomId, frame.body())
        .onComplete(
            done -> {
              unanswered--;
              Failure failure = (Failure) done.cause();
              watch.sent(sent(requestId, roomId, frame, System.nanoTime() - began, failure));
              if (failure != null) {
                answer(frame, failure);
              } else if (frame.replyAddress() != null) {
                out.send(Frames.reply(frame.replyAddress(), done.result()));
              }
            });
  }

  /** Refuses what is not even tried. */
  private void turnAway(ClientFrame frame, UUID roomId, Failure failure) {
    watch.sent(sent(Ids.next(), roomId, frame, 0, failure));
    answer(frame, failure);
  }

  private static SocketWatch.Sent sent(
      UUID requestId, UUID roomId, ClientFrame frame, long nanos, Failure failure) {
    int status = failure == null ? 200 : failure.problem().status();
    return new SocketWatch.Sent(
        requestId, roomId, RoomCommands.kindOf(frame.body()), nanos, status);
  }

  /** A failure for which there is no reply address is told without one: nothing is swallowed. */
  private void answer(ClientFrame frame, Failure failure) {
    node.meters.refused(failure.problem());
    out.send(Frames.failure(frame.replyAddress(), failure));
  }

  // What goes out.

  void refuse(String address, Failure failure) {
    node.meters.refused(failure.problem());
    out.send(Frames.failure(address, failure));
  }

  void tell(String address, Live event) {
    out.send(Frames.rec(address, Json.bytes(event)));
  }

  /** Events that last: a socket that is behind gets none and will be told the head. */
  void offer(Run run) {
    out.offer(run);
  }

  /** Events that do not last: the first to go when a socket is slow. */
  void offerSignal(Run run) {
    out.offerPassing(run);
  }

  // Looking after it.

  /** Called every second. */
  void lookAfter(long nowNanos, long nowMillis) {
    node.backlog.changed(out.grown());
    if (closedAtNanos != 0) {
      cutIfStillOpen(nowNanos);
    } else if (proof.isOver(nowMillis)) {
      expire();
    } else if (nowNanos - heardAtNanos > SILENCE_NANOS) {
      close(CloseCode.SILENT);
    } else if (out.isStuck(nowNanos)) {
      close(CloseCode.TOO_SLOW);
    } else {
      if (proof.isTimeToWarn(nowMillis)) {
        tell(Addresses.USER.of(userId()), new Live.SessionExpiring(proof.caller().expiresAt()));
      }
      if (out.drained()) {
        hearing.tellHeads();
      }
    }
  }

  /**
   * A close waits behind the backlog of a peer that does not read; such a peer is not waited for.
   */
  private void cutIfStillOpen(long nowNanos) {
    if (nowNanos - closedAtNanos > POLITENESS_NANOS) {
      out.cut();
    }
  }

  /** A token has a successor and its session may live on; cookie and ticket end with theirs. */
  private void expire() {
    if (proof.isToken()) {
      close(CloseCode.TOKEN_OVER);
    } else {
      endSession();
    }
  }

  /** The session is over: says so and closes. */
  void endSession() {
    tell(Addresses.USER.of(userId()), new Live.SessionEnded());
    close(CloseCode.SESSION_OVER);
  }

  void close(CloseCode code) {
    if (!out.isClosed()) {
      out.send(Frames.closed(code));
      hearing.stop();
      out.close();
      closedWith = code;
      closedAtNanos = System.nanoTime();
      node.meters.closed(code);
      closer.accept(code);
    }
  }

  /** Whether it was we who closed. */
  boolean closedHere() {
    return out.isShut();
  }

  /** The transport is gone, for whatever reason; may be called again. */
  void gone() {
    out.gone();
    hearing.stop();
  }

  /** {@code code} is what the peer said; ours counts when we closed. */
  void tellClosed(int code, boolean byPeer) {
    watch.closed(closedWith == null ? code : closedWith.code, byPeer);
  }

  /** Ends a connection that did not close politely. */
  void cut() {
    out.cut();
    hearing.stop();
  }
}
