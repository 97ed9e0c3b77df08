package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.persistence.StartFailure;
import chat.parley.testing.RawHttp;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server, started and stopped as {@link Main} does. */
class ParleyIT {
  private static final String ACCOUNT =
      "{\"username\":\"anna\",\"password\":\"correct horse battery\"}";
  private static final String LOGIN = "{\"login\":\"anna\",\"password\":\"correct horse battery\"}";

  @TempDir private static Path folder;

  @Test
  void whatWasSaidIsThereAfterARestart() throws Exception {
    Map<Setting, String> settings = new EnumMap<>(settings("restart", 0));
    Parley first = start(settings);
    assertFalse(first.hasAccounts());
    assertEquals(
        "admin",
        post(first, "/auth/register", ACCOUNT, "").getJsonObject("user").getString("role"));
    String token = post(first, "/auth/login", LOGIN, "").getString("accessToken");
    String room =
        post(first, "/chat/rooms", "{\"kind\":\"group\",\"name\":\"Lobby\"}", token)
            .getString("id");
    JsonObject said =
        post(first, "/chat/rooms/" + room + "/messages", "{\"text\":\"hello\"}", token);
    stop(first);
    Path requests = folder.resolve("restart/logs/requests.jsonl");
    String logged = Files.readString(requests);
    assertTrue(logged.contains("/api/v1/chat/rooms/" + room + "/messages\""), logged);
    settings.put(Setting.REQUEST_LOG, "off");

    Parley second = start(settings);
    assertTrue(second.hasAccounts());
    // The token still counts: the secret was kept too.
    Reply history = send(second, "GET", "/chat/rooms/" + room + "/messages", "", token);
    assertEquals(
        said.getJsonObject("message"),
        new JsonObject(history.text()).getJsonArray("items").getJsonObject(0));
    stop(second);
    assertEquals(logged, Files.readString(requests));
  }

  /** S29. */
  @Test
  void adminInviteClosesTheDoorToWhoeverIsFirst() throws Exception {
    Map<Setting, String> settings = new EnumMap<>(settings("invited", 0));
    settings.put(Setting.ADMIN_INVITE, "on");
    Parley parley = start(settings);
    String link = parley.adminInvite();
    assertEquals(
        "user",
        post(parley, "/auth/register", ACCOUNT.replace("anna", "quick"), "")
            .getJsonObject("user")
            .getString("role"));
    String token = link.substring(link.lastIndexOf('/') + 1);
    String invited = ACCOUNT.replace("}", ",\"invite\":\"" + token + "\"}");
    assertEquals(
        "admin",
        post(parley, "/auth/register", invited, "").getJsonObject("user").getString("role"));
    assertEquals(
        400, send(parley, "POST", "/auth/register", invited.replace("anna", "late"), "").status());
    stop(parley);
    assertFalse(
        Files.readString(folder.resolve("invited/logs/requests.jsonl")).contains(token),
        "the token is in a log");
    Parley again = start(settings);
    assertEquals(null, again.adminInvite(), "there is an administrator");
    stop(again);
  }

  @Test
  void secondServerOnTheSameFolderIsTurnedAway() throws Exception {
    Parley first = start(settings("shared", 0));
    String message = refusal(settings("shared", 0));
    assertTrue(message.contains("already used by process"), message);
    assertEquals(200, send(first, "GET", "/session", "", "").status());
    stop(first);
  }

  @Test
  void startThatFailsLeavesNothingRunning() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String message = refusal(settings("shared", taken.getLocalPort()));
      assertTrue(message.contains("cannot be listened on"), message);
    }
    // The folder is free again, so its database has stopped.
    stop(start(settings("shared", 0)));
  }

  @Test
  void stoppingTwiceIsAsGoodAsOnce() throws Exception {
    Parley parley = start(settings("shared", 0));
    stop(parley);
    stop(parley);
    assertThrows(IOException.class, () -> RawHttp.open(parley.port()).close());
  }

  private static Map<Setting, String> settings(String name, int port) {
    return Map.of(
        Setting.DATA, folder.resolve(name).toString(), Setting.PORT, Integer.toString(port));
  }

  private static Parley start(Map<Setting, String> settings) throws Exception {
    return done(Parley.start(Config.of(settings)));
  }

  private static void stop(Parley parley) throws Exception {
    done(parley.close());
  }

  private static String refusal(Map<Setting, String> settings) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> start(settings));
    assertTrue(failure.getCause() instanceof StartFailure, () -> failure.getCause().toString());
    return failure.getCause().getMessage();
  }

  private static <T> T done(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static JsonObject post(Parley parley, String path, String body, String token) {
    Reply reply = send(parley, "POST", path, body, token);
    assertTrue(reply.status() < 300, reply.text());
    return new JsonObject(reply.text());
  }

  private static Reply send(Parley parley, String method, String path, String body, String token) {
    List<String> headers =
        token.isEmpty()
            ? List.of("Content-Type: application/json")
            : List.of("Content-Type: application/json", "Authorization: Bearer " + token);
    return RawHttp.send(
        parley.port(), method, "/api/v1" + path, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
