package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** One device's way over REST; every request and its answer go into the history. */
final class Rest {
  static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** A little more than the answer may take, so that silence is seen as such. */
  private static final Duration PATIENCE = Duration.ofSeconds(32);

  /** {@code status} 0: the connection could not be opened or broke. */
  record Reply(int status, JsonNode body, long invokedAt) {
    boolean isOk() {
      return status >= 200 && status < 300;
    }

    /** Refused by a rule, and no attempt under way will change that. */
    boolean isRefusal() {
      return isRefusal(status);
    }

    static boolean isRefusal(int status) {
      return status >= 400 && status < 500 && status != 408 && status != 429;
    }
  }

  private final History history;
  private final String conn;

  Rest(History history, String device) {
    this.history = history;
    this.conn = device + "/rest";
  }

  String conn() {
    return conn;
  }

  /** One request below {@code /api/v1}; {@code token} and {@code body} may be null. */
  Reply call(String url, String token, String method, String path, Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Json.write(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    long id = history.nextId();
    long invokedAt = history.now();
    history.add(new Fact.Asked(invokedAt, id, conn, method + " " + path));
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      history.add(new Fact.Answered(history.now(), id, answer.statusCode()));
      JsonNode read = Json.read(answer.body().isEmpty() ? "{}" : answer.body());
      return new Reply(answer.statusCode(), read, invokedAt);
    } catch (HttpTimeoutException silence) {
      return closed(id, invokedAt, silence instanceof HttpConnectTimeoutException);
    } catch (UncheckedIOException | IOException broken) {
      return closed(id, invokedAt, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return closed(id, invokedAt, true);
    }
  }

  private Reply closed(long id, long invokedAt, boolean isClosed) {
    if (isClosed) {
      history.add(new Fact.Answered(history.now(), id, 0));
    }
    return new Reply(0, Json.of(), invokedAt);
  }
}
