package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Somebody with an account who speaks to the server by REST and by sockets; every answer is held
 * against the contract.
 */
public final class Person {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Loaded once for all: it takes a third of a second. */
  private static final class Contract {
    static final ContractCheck CHECK = ContractCheck.load(io.vertx.core.Vertx.vertx());
  }

  /** An answer: its status and its body, empty when there is none. */
  public record Answer(int status, JsonObject body) {}

  private final String url;
  private final String name;
  private final List<BusSocket> sockets = new ArrayList<>();
  private String id;
  private String token;
  private String refreshToken;

  private Person(String url, String name) {
    this.url = url;
    this.name = name;
  }

  /** A new account on the server at {@code url}, signed in as a program. */
  public static Person register(String url, String name) {
    return register(url, name, name);
  }

  /** The same, with a name for others to see. */
  public static Person register(String url, String name, String displayName) {
    Person person = new Person(url, name);
    JsonObject wish =
        new JsonObject()
            .put("username", name)
            .put("password", "correct horse of " + name)
            .put("displayName", displayName);
    Answer made = person.call("POST", "/auth/register", wish);
    assertEquals(201, made.status(), made.body()::encode);
    person.id = made.body().getJsonObject("user").getString("id");
    person.login();
    return person;
  }

  /** A new account with an e-mail address, signed in as a program. */
  public static Person registerWithEmail(String url, String name, String email) {
    Person person = new Person(url, name);
    JsonObject wish =
        new JsonObject()
            .put("username", name)
            .put("password", person.password())
            .put("email", email);
    Answer made = person.call("POST", "/auth/register", wish);
    assertEquals(201, made.status(), made.body()::encode);
    person.id = made.body().getJsonObject("user").getString("id");
    person.login();
    return person;
  }

  /** The one they registered with. */
  public String password() {
    return "correct horse of " + name;
  }

  /** Somebody without an account. */
  public static Person stranger(String url) {
    return new Person(url, "nobody");
  }

  /** Whoever the token or key speaks for. */
  public static Person bearing(String url, String token) {
    Person bearer = new Person(url, "bearer");
    bearer.token = token;
    return bearer;
  }

  /** Somebody who has an account there with this password, signed in as a program. */
  public static Person signedIn(String url, String name, String password) {
    Person person = new Person(url, name);
    person.login(password);
    person.id = person.get("/auth/me").body().getJsonObject("user").getString("id");
    return person;
  }

  /** The same person with the same token at another node. */
  public Person at(String otherUrl) {
    Person there = new Person(otherUrl, name);
    there.id = id;
    there.token = token;
    return there;
  }

  public void login() {
    login("correct horse of " + name);
  }

  private void login(String password) {
    JsonObject login = new JsonObject().put("login", name).put("password", password);
    Answer answer = call("POST", "/auth/login", login);
    assertEquals(200, answer.status(), answer.body()::encode);
    token = answer.body().getString("accessToken");
    refreshToken = answer.body().getString("refreshToken");
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String token() {
    return token;
  }

  public String refreshToken() {
    return refreshToken;
  }

  public Answer get(String path) {
    return call("GET", path, null);
  }

  public Answer post(String path, JsonObject body) {
    return call("POST", path, body);
  }

  public Answer put(String path, JsonObject body) {
    return call("PUT", path, body);
  }

  public Answer patch(String path, JsonObject body) {
    return call("PATCH", path, body);
  }

  public Answer delete(String path) {
    return call("DELETE", path, null);
  }

  /** One request; {@code path} is below {@code /api/v1}. */
  public Answer call(String method, String path, JsonObject body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
      Contract.CHECK.check(
          method,
          "/api/v1" + plain,
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(null),
          answer.body());
      return new Answer(
          answer.statusCode(),
          answer.body().length == 0
              ? new JsonObject()
              : new JsonObject(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  /** An answer as bytes, with its headers. */
  public record Bytes(int status, java.net.http.HttpHeaders headers, byte[] body) {
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    public JsonObject json() {
      return new JsonObject(io.vertx.core.buffer.Buffer.buffer(body));
    }
  }

  /** One request with a body of any kind; {@code headers} are names and values in turn. */
  public Bytes bytes(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Contract.CHECK.check(
          method,
          "/api/v1" + path.replaceAll("\\?.*", ""),
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(null),
          answer.body());
      return new Bytes(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  /** Makes a room; returns its id. */
  public String room(String kind, Person... others) {
    JsonArray members = new JsonArray();
    List.of(others).forEach(other -> members.add(other.id));
    JsonObject wish = new JsonObject().put("kind", kind).put("members", members);
    if (!kind.equals("direct")) {
      wish.put("name", "Room of " + name);
    }
    Answer made = post("/chat/rooms", wish);
    assertEquals(201, made.status(), made.body()::encode);
    return made.body().getString("id");
  }

  /** Says something over REST; returns the message. */
  public JsonObject say(String roomId, String text) {
    JsonObject wish =
        new JsonObject().put("clientId", UUID.randomUUID().toString()).put("text", text);
    Answer posted = post("/chat/rooms/" + roomId + "/messages", wish);
    assertEquals(201, posted.status(), posted.body()::encode);
    return posted.body().getJsonObject("message");
  }

  /** Everything of the room, page by page, as {@code sync} gives it from a version on. */
  public JsonObject sync(String roomId, long since) {
    JsonArray items = new JsonArray();
    JsonObject page;
    do {
      Answer answer = get("/chat/rooms/" + roomId + "/sync?limit=100&since=" + since);
      assertEquals(200, answer.status(), answer.body()::encode);
      page = answer.body();
      items.addAll(page.getJsonArray("items"));
      since = items.isEmpty() ? since : items.getJsonObject(items.size() - 1).getLong("version");
    } while (page.getBoolean("more"));
    return page.put("items", items);
  }

  /** What was said in a room, oldest first, as the database has it. */
  public List<String> history(String roomId) {
    return sync(roomId, 0).getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(item -> item.getString("type").equals("message"))
        .map(item -> item.getJsonObject("message").getString("text"))
        .toList();
  }

  /** A raw WebSocket on the bus, signed in by token. */
  public BusSocket socket() {
    BusSocket socket = BusSocket.open(url, "?token=" + token);
    sockets.add(socket);
    return socket;
  }

  public void close() {
    sockets.forEach(BusSocket::close);
  }
}
