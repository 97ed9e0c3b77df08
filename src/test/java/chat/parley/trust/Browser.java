package chat.parley.trust;

import chat.parley.testing.BusSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody's browser on the site: it keeps the cookie, and the page knows the CSRF token. */
final class Browser {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String API = "/api/v1";

  private final String url;
  private String setCookie;
  private String csrf;

  Browser(String url) {
    this.url = url;
  }

  /** Signs in; a browser that has a cookie brings it along. */
  Browser signIn(String name) {
    JsonObject login =
        new JsonObject().put("login", name).put("password", "correct horse of " + name);
    HttpResponse<String> answer =
        send("POST", "/session", login.encode(), "Content-Type", "application/json");
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    setCookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    csrf = new JsonObject(answer.body()).getString("csrfToken");
    return this;
  }

  /** Whether the site takes this browser for signed in. */
  boolean isSignedIn() {
    return new JsonObject(send("GET", "/session", null).body()).containsKey("user");
  }

  /** The whole line by which the cookie came. */
  String setCookie() {
    return setCookie;
  }

  String cookie() {
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  String csrf() {
    return csrf;
  }

  /** The same cookie somewhere else. */
  Browser at(String otherUrl) {
    Browser there = new Browser(otherUrl);
    there.setCookie = setCookie;
    there.csrf = csrf;
    return there;
  }

  /** What our own page sends: with the cookie and the token. */
  HttpResponse<String> page(String method, String path, String json) {
    return send(
        method,
        path,
        json,
        "Content-Type",
        "application/json",
        "X-CSRF-Token",
        csrf,
        "Origin",
        url);
  }

  /** A request with the cookie and these headers; {@code path} is below {@code /api/v1}. */
  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + API + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (setCookie != null) {
      request.header("Cookie", cookie());
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A socket of our own page. */
  BusSocket socket() {
    return BusSocket.open(url, "", "Cookie", cookie(), "Origin", url);
  }
}
