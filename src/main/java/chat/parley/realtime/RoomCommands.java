package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Attachment;
import chat.parley.model.Json;
import chat.parley.model.Live;
import chat.parley.model.MessageText;
import chat.parley.model.Messages;
import chat.parley.model.Rooms;
import chat.parley.model.Scope;
import chat.parley.model.Signal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a client may do by sending to {@code room.<id>}: the sender's identity comes from the
 * socket, never from the frame, and the answer is the outcome.
 */
final class RoomCommands {
  private static final Set<String> KINDS = Set.of("message", "read", "typing");

  private record Posted(long seq, long version, Instant sentAt) {}

  private final Bus bus;

  RoomCommands(Bus bus) {
    this.bus = bus;
  }

  /** Which of them a body asks for; null for none that there is. */
  static String kindOf(ClientFrame.Body body) {
    return body != null && body.type() != null && KINDS.contains(body.type()) ? body.type() : null;
  }

  /** Carries out a body; fails with a {@link chat.parley.bus.Failure}. */
  Future<?> carryOut(Session session, Actor actor, UUID roomId, ClientFrame.Body body) {
    if (!session.may(Scope.WRITE)) {
      return Future.failedFuture(
          Problem.SCOPE_MISSING.because("This key lacks the scope \"write\""));
    }
    if (body == null || body.type() == null) {
      return Future.failedFuture(
          Problem.INVALID.at("/type", "say what to do: message, read or typing"));
    }
    return switch (body.type()) {
      case "message" -> post(actor, roomId, body);
      case "read" -> read(actor, roomId, body);
      case "typing" -> typing(session, roomId);
      default ->
          Future.failedFuture(Problem.INVALID.at("/type", "must be message, read or typing"));
    };
  }

  private Future<?> post(Actor actor, UUID roomId, ClientFrame.Body body) {
    UUID clientId = ClientFrame.exactUuid(body.clientId());
    if (clientId == null) {
      return Future.failedFuture(
          Problem.INVALID.at("/clientId", "must be a UUID of the client's making"));
    }
    if (body.attachments() == null) {
      return Future.failedFuture(
          Problem.INVALID.at(
              "/attachments", "must be at most " + Attachment.MOST + " ids of files, each once"));
    }
    String text = body.text() == null ? "" : body.text();
    String objection = MessageText.objectionBeside(body.attachments(), text);
    if (objection != null) {
      return Future.failedFuture(Problem.INVALID.at("/text", objection));
    }
    if (isNoSeq(body.replyTo()) || isNoSeq(body.threadOf())) {
      String pointer = isNoSeq(body.replyTo()) ? "/replyTo" : "/threadOf";
      return Future.failedFuture(Problem.INVALID.at(pointer, "must be a message's seq"));
    }
    return bus.ask(
            Addresses.MESSAGES_POST,
            new Messages.Post(
                actor,
                roomId,
                clientId,
                text,
                new Messages.Context(body.replyTo(), body.threadOf(), null, body.attachments())))
        .map(message -> new Posted(message.seq(), message.version(), message.sentAt()));
  }

  private static boolean isNoSeq(Long given) {
    return given != null && given < 1;
  }

  private Future<?> read(Actor actor, UUID roomId, ClientFrame.Body body) {
    if (body.seq() == null || body.seq() < 0) {
      return Future.failedFuture(Problem.INVALID.at("/seq", "must be a whole number, 0 or more"));
    }
    return bus.ask(Addresses.ROOMS_READ, new Rooms.MarkRead(actor, roomId, body.seq()));
  }

  /** Only who hears a room may type in it: membership is known there, and ends at once. */
  private Future<?> typing(Session session, UUID roomId) {
    Subscription subscription = session.hearing().of(roomId);
    if (subscription == null) {
      return Future.failedFuture(Problem.NOT_FOUND.because("Register the room first"));
    }
    if (subscription.mayType(System.nanoTime())
        && subscription.feed.mayTellTyping(System.nanoTime())) {
      byte[] json = Json.bytes(new Live.Typing(roomId, session.person()));
      bus.publish(
          Addresses.ROOM,
          roomId,
          new Signal(roomId, subscription.feed.delivered(), session.userId(), json));
    }
    return Future.succeededFuture(Map.of());
  }
}
