package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** One socket of a device, raw or in the framing of SockJS; frames are handed on as they come. */
final class Socket implements WebSocket.Listener {
  /** The JDK closes a socket that nobody refers to any more. */
  private static final Set<Socket> OPEN = ConcurrentHashMap.newKeySet();

  private final History history;
  private final String conn;
  private final boolean sockJs;
  private final BiConsumer<String, JsonNode> frames;
  private final Map<String, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final StringBuilder parts = new StringBuilder();
  private CompletableFuture<WebSocket> written;
  private volatile WebSocket socket;
  private volatile boolean closed;

  private Socket(
      History history, String conn, boolean sockJs, BiConsumer<String, JsonNode> frames) {
    this.history = history;
    this.conn = conn;
    this.sockJs = sockJs;
    this.frames = frames;
  }

  /** Opens by right of an access token; null when that fails. */
  static Socket open(
      History history,
      String url,
      Account.Session session,
      String device,
      boolean sockJs,
      BiConsumer<String, JsonNode> frames) {
    long id = history.nextId();
    Socket opened = new Socket(history, device + "/" + id, sockJs, frames);
    String path = sockJs ? "/eventbus/000/s%07d/websocket".formatted(id) : "/eventbus/websocket";
    URI uri = URI.create(url.replaceFirst("http", "ws") + path + "?token=" + session.accessToken());
    try {
      OPEN.add(opened);
      long invokedAt = history.now();
      WebSocket socket =
          Rest.HTTP.newWebSocketBuilder().buildAsync(uri, opened).get(20, TimeUnit.SECONDS);
      opened.socket = socket;
      synchronized (opened) {
        opened.written = CompletableFuture.completedFuture(socket);
      }
      String who = session.account().id();
      history.add(new Fact.Opened(history.now(), opened.conn, who, session.name(), url));
      history.add(
          new Fact.CredentialUsed(history.now(), invokedAt, session.name(), "open a socket", 101));
      return opened;
    } catch (ExecutionException | TimeoutException refused) {
      OPEN.remove(opened);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  String conn() {
    return conn;
  }

  boolean isOpen() {
    return !closed;
  }

  /** One frame; in order, as the JDK takes only one at a time. */
  synchronized void send(JsonNode frame) {
    String text = sockJs ? Json.write(new String[] {Json.write(frame)}) : Json.write(frame);
    written =
        written
            .thenCompose(ws -> ws.sendText(text, true))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    end(1006);
                  }
                });
  }

  /** Sends a body to a room; completes with its rec or err, or exceptionally when it closes. */
  CompletableFuture<JsonNode> ask(String room, JsonNode body) {
    long id = history.nextId();
    String reply = "r" + id;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    replies.put(reply, answer);
    asked.put(reply, id);
    String what = "send " + body.path("type").asText();
    history.add(new Fact.Asked(history.now(), id, conn, what));
    send(Json.of("type", "send", "address", "room." + room, "replyAddress", reply, "body", body));
    if (closed) {
      failAll();
    }
    return answer;
  }

  @Override
  public void onOpen(WebSocket ws) {
    ws.request(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
    parts.append(data);
    if (last && !closed) {
      String text = parts.toString();
      parts.setLength(0);
      if (!sockJs) {
        frame(Json.read(text));
      } else if (text.startsWith("a")) {
        Json.read(text.substring(1)).forEach(each -> frame(Json.read(each.asText())));
      }
    }
    return null;
  }

  private void frame(JsonNode frame) {
    CompletableFuture<JsonNode> reply = replies.remove(frame.path("address").asText());
    if (reply != null) {
      long id = asked.remove(frame.path("address").asText());
      int status = frame.path("failureCode").asInt(200);
      history.add(new Fact.Answered(history.now(), id, status));
      reply.complete(frame);
    } else {
      frames.accept(conn, frame);
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
    end(code);
    return null;
  }

  @Override
  public void onError(WebSocket ws, Throwable error) {
    end(1006);
  }

  private void end(int code) {
    synchronized (replies) {
      if (closed) {
        return;
      }
      closed = true;
    }
    history.add(new Fact.Closed(history.now(), conn, code));
    OPEN.remove(this);
    failAll();
  }

  private void failAll() {
    replies.forEach(
        (address, reply) -> reply.completeExceptionally(new CompletionException("closed", null)));
    replies.clear();
  }

  /** Ends it without a word, as a lost line does, or politely. */
  void close(boolean politely) {
    end(1000);
    if (politely) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> null);
    } else {
      socket.abort();
    }
  }
}
