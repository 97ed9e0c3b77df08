package chat.parley.apidocs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what Postman does with a folder of ours: requests in order, and the two lines it knows. */
final class PostmanRunner {
  private static final Pattern NAME = Pattern.compile("\\{\\{([$\\w]+)}}");
  private static final Pattern STATUS = Pattern.compile("to\\.have\\.status\\((\\d+)\\)");
  private static final Pattern KEEPS =
      Pattern.compile(
          "collectionVariables\\.set\\(\"(\\w+)\", pm\\.response\\.json\\(\\)\\.([\\w.]+)\\)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonObject collection;
  private final Map<String, String> variables = new HashMap<>();

  PostmanRunner(JsonObject collection, String baseUrl) {
    this.collection = collection;
    collection
        .getJsonArray("variable")
        .forEach(
            each ->
                variables.put(
                    ((JsonObject) each).getString("key"), ((JsonObject) each).getString("value")));
    variables.put("baseUrl", baseUrl);
  }

  /** A text with its names replaced; Postman's own ones too. */
  static String filled(String text, UnaryOperator<String> values) {
    Matcher names = NAME.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (names.find()) {
      String value =
          switch (names.group(1)) {
            case "$guid" -> UUID.randomUUID().toString();
            case "$timestamp" -> Long.toString(System.currentTimeMillis() / 1000);
            default -> values.apply(names.group(1));
          };
      names.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return names.appendTail(filled).toString();
  }

  void run(String folder) throws IOException, InterruptedException {
    for (Object each : collection.getJsonArray("item")) {
      if (((JsonObject) each).getString("name").equals(folder)) {
        for (Object item : ((JsonObject) each).getJsonArray("item")) {
          send((JsonObject) item);
        }
      }
    }
  }

  private String variable(String name) {
    String value = variables.get(name);
    assertTrue(value != null && !value.isEmpty(), name + " is not set");
    return value;
  }

  private void send(JsonObject item) throws IOException, InterruptedException {
    JsonObject request = item.getJsonObject("request");
    String url =
        filled(
            request.getJsonObject("url").getString("raw"),
            name ->
                name.equals("baseUrl")
                    ? variable(name)
                    : URLEncoder.encode(variable(name), StandardCharsets.UTF_8));
    String raw = request.getJsonObject("body", new JsonObject()).getString("raw");
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                request.getString("method"),
                raw == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(filled(raw, this::variable)));
    if (raw != null) {
      asked.header("Content-Type", "application/json");
    }
    if (!request.containsKey("auth")) {
      asked.header("Authorization", "Bearer " + variable("accessToken"));
    }
    after(item, http.send(asked.build(), HttpResponse.BodyHandlers.ofString()));
  }

  private void after(JsonObject item, HttpResponse<String> answer) {
    for (Object event : item.getJsonArray("event")) {
      for (Object line : ((JsonObject) event).getJsonObject("script").getJsonArray("exec")) {
        Matcher status = STATUS.matcher((String) line);
        Matcher keeps = KEEPS.matcher((String) line);
        if (status.find()) {
          assertEquals(
              Integer.valueOf(status.group(1)),
              answer.statusCode(),
              item.getString("name") + ": " + answer.body());
        } else if (keeps.find()) {
          JsonPointer where = JsonPointer.from("/" + keeps.group(2).replace('.', '/'));
          variables.put(
              keeps.group(1), String.valueOf(where.queryJson(new JsonObject(answer.body()))));
        } else {
          throw new AssertionError("The runner does not know " + line);
        }
      }
    }
  }
}
