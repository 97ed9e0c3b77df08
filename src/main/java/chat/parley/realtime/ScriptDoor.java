package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.RoomList;
import chat.parley.model.Rooms;
import chat.parley.model.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.stream.Stream;

/** Lets scripts in, and keeps their sockets alive: they answer our pings and send none. */
final class ScriptDoor {
  private static final long PING_MS = 10_000;

  private final Vertx vertx;
  private final Bus bus;

  ScriptDoor(Vertx vertx, Bus bus) {
    this.vertx = vertx;
    this.bus = bus;
  }

  /**
   * Whoever may not hear the room gets no socket: 404, as if there were none, and 403 without the
   * scope to read.
   */
  Future<Caller> admit(Script script, Caller caller) {
    if (!caller.may(Scope.READ)) {
      return Future.failedFuture(
          Problem.SCOPE_MISSING.because("This key lacks the scope \"read\""));
    }
    if (!script.isChat()) {
      return Future.succeededFuture(caller);
    }
    Rooms.MayHear.Ear ear = new Rooms.MayHear.Ear(caller.userId(), script.roomId);
    return bus.ask(Addresses.ROOMS_MAY_HEAR, new Rooms.MayHear(List.of(ear)))
        .map(
            answers -> {
              if (!answers.get(0).allowed()) {
                throw Problem.NOT_FOUND.failure();
              }
              return caller;
            });
  }

  /** The session is open: it hears what it came for, and goes on hearing it without a word. */
  void begin(Script script, Session session, ServerWebSocket socket) {
    script.session = session;
    socket.textMessageHandler(text -> session.received(text, script::read));
    if (script.isChat()) {
      session.hear(Stream.of(Addresses.ROOM.of(script.roomId)));
    } else {
      session.hear(Stream.of(Addresses.USER.of(session.userId())));
      bus.ask(Addresses.ROOMS_LIST, new Rooms.ListMine(session.userId(), Long.MAX_VALUE))
          .onSuccess(
              mine ->
                  session.hear(
                      mine.heads().stream()
                          .map(RoomList.RoomHead::roomId)
                          .map(Addresses.ROOM::of)));
    }
    socket.pongHandler(pong -> session.alive());
    long timer = vertx.setPeriodic(PING_MS, tick -> socket.writePing(Buffer.buffer("parley")));
    socket.endHandler(gone -> vertx.cancelTimer(timer));
  }
}
