package chat.parley.http;

import chat.parley.model.JsonLine;
import chat.parley.realtime.SocketWatch;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The lines of one socket in the {@link RequestLog}: that it opened, what it sent, its end. */
final class SocketLines implements SocketWatch {
  private final RequestLog log;
  private final long began = System.nanoTime();
  private final UUID userId;
  private final String address;

  /** The request id of its upgrade: by it the lines of one socket are found. */
  private final String socket;

  SocketLines(RequestLog log, UUID userId, String address, String socket) {
    this.log = log;
    this.userId = userId;
    this.address = address;
    this.socket = socket;
  }

  void opened(String uri) {
    long at = System.currentTimeMillis();
    log.take(() -> line(at, "open").put("path", ShownPath.of(uri)));
  }

  @Override
  public void sent(Sent sent) {
    long at = System.currentTimeMillis();
    log.take(
        () ->
            line(at, "send")
                .put("requestId", sent.requestId())
                .put("room", sent.roomId())
                .put("what", sent.what())
                .put("status", sent.status())
                .millis("ms", sent.nanos()));
  }

  @Override
  public void closed(int code, boolean byPeer) {
    long at = System.currentTimeMillis();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    log.take(
        () -> {
          JsonLine line = line(at, "close").put("by", byPeer ? "peer" : "server");
          return (code == 0 ? line : line.put("code", code)).put("seconds", seconds);
        });
  }

  private JsonLine line(long at, String kind) {
    return new JsonLine()
        .put("at", Instant.ofEpochMilli(at))
        .put("kind", kind)
        .put("socket", socket)
        .put("user", userId)
        .put("address", address);
  }
}
