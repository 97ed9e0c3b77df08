package chat.parley.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser without a screen that follows no redirect by itself; keeps the cookies of one server.
 */
public final class Surfer {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String url;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  public Surfer(String url) {
    this.url = url;
  }

  /** Cookies by name, as the browser has them now. */
  public Map<String, String> cookies() {
    return cookies;
  }

  /** Goes to a path of the server or to an address; headers are pairs of name and value. */
  public HttpResponse<String> get(String where, String... headers) {
    return send(HttpRequest.newBuilder(at(where)).GET(), headers);
  }

  public HttpResponse<String> post(String where, JsonObject body, String... headers) {
    return send(
        HttpRequest.newBuilder(at(where))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
        headers);
  }

  public HttpResponse<String> delete(String where, String... headers) {
    return send(HttpRequest.newBuilder(at(where)).DELETE(), headers);
  }

  private URI at(String where) {
    return URI.create(where.startsWith("/") ? url + where : where);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    request.timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void keep(String line) {
    HttpCookie cookie = HttpCookie.parse(line).get(0);
    if (cookie.getMaxAge() == 0) {
      cookies.remove(cookie.getName());
    } else {
      cookies.put(cookie.getName(), cookie.getValue());
    }
  }

  /** Where an answer sends the browser. */
  public static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElse("nowhere: " + answer.statusCode());
  }

  /** The site's session as the page sees it; empty when signed out. */
  public JsonObject session() {
    return new JsonObject(get("/api/v1/session").body());
  }
}
