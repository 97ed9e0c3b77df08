package chat.parley.trust;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many at once, and who is let in. */
final class Watch {
  private Watch() {}

  /** The answers of so many who ask at the same time. */
  static <T> List<T> atOnce(int many, Callable<T> question) {
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<T>> answers =
          threads.invokeAll(IntStream.range(0, many).mapToObj(i -> question).toList());
      return answers.stream().map(Watch::get).toList();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T get(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Refreshes with a token; the status and the next pair. */
  static Person.Answer refresh(Person person, String refreshToken) {
    return person.post("/auth/refresh", new JsonObject().put("refreshToken", refreshToken));
  }

  /** Whether the server takes this person's token. */
  static boolean isLetIn(Person person) {
    return person.get("/auth/me").status() == 200;
  }

  /** An administrator changes what somebody may do. */
  static Person.Answer change(Person admin, Person whom, JsonObject wish) {
    return admin.call("PATCH", "/admin/users/" + whom.id(), wish);
  }

  static JsonObject disabled(boolean disabled) {
    return new JsonObject().put("disabled", disabled);
  }

  static JsonObject role(String role) {
    return new JsonObject().put("role", role);
  }

  /** What was said in a room, as a socket has heard it. */
  static List<String> texts(BusSocket socket, String room) {
    return socket.heard(room, "message").stream()
        .map(event -> event.getJsonObject("message").getString("text"))
        .toList();
  }
}
