package chat.parley.apidocs;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first steps of somebody new, in order, and what each leaves in the variables. */
final class PostmanFlow {
  /**
   * One request.
   *
   * @param body null for what the schema gives
   * @param keeps variables, and where in the answer they stand
   */
  record Step(String operationId, String body, int status, Map<String, String> keeps) {
    /** With what Postman runs after it: it checks the status and keeps the variables. */
    JsonObject request(JsonObject plain) {
      JsonArray script =
          new JsonArray()
              .add(
                  "pm.test(\"answers "
                      + status
                      + "\", () => pm.response.to.have.status("
                      + status
                      + "));");
      keeps.forEach(
          (name, where) ->
              script.add(
                  "pm.collectionVariables.set(\""
                      + name
                      + "\", pm.response.json()."
                      + where
                      + ");"));
      return plain.put(
          "event",
          new JsonArray()
              .add(
                  new JsonObject()
                      .put("listen", "test")
                      .put(
                          "script",
                          new JsonObject().put("type", "text/javascript").put("exec", script))));
    }
  }

  static final List<Step> STEPS =
      List.of(
          step(
              "register",
              "{\"username\":\"postman-{{$timestamp}}\",\"password\":\"{{password}}\"}",
              201,
              "userId",
              "user.id",
              "username",
              "user.username"),
          step(
              "login",
              "{\"login\":\"{{username}}\",\"password\":\"{{password}}\"}",
              200,
              "accessToken",
              "accessToken",
              "refreshToken",
              "refreshToken"),
          step(
              "refresh",
              "{\"refreshToken\":\"{{refreshToken}}\"}",
              200,
              "accessToken",
              "accessToken",
              "refreshToken",
              "refreshToken"),
          step("getMe", null, 200),
          step("createRoom", "{\"kind\":\"group\",\"name\":\"Postman\"}", 201, "roomId", "id"),
          step(
              "postMessage",
              "{\"clientId\":\"{{$guid}}\",\"text\":\"Hello from Postman\"}",
              201,
              "seq",
              "message.seq"),
          step("editMessage", "{\"text\":\"Hello again\"}", 200),
          step("addReaction", null, 200),
          step("pinMessage", null, 200),
          step("listMessages", null, 200),
          step("markRead", "{\"seq\":{{seq}}}", 200),
          step("syncRoom", null, 200),
          step("listRooms", null, 200),
          step("makeInvite", "{\"expiresInHours\":24}", 201, "inviteId", "id", "token", "token"),
          step("getInvite", null, 200),
          step("createTicket", null, 201));

  private PostmanFlow() {}

  private static Step step(String operationId, String body, int status, String... keeps) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (int i = 0; i < keeps.length; i += 2) {
      kept.put(keeps[i], keeps[i + 1]);
    }
    return new Step(operationId, body, status, kept);
  }
}
