package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.Scope;
import chat.parley.testing.Form;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every operation of the contract, as it stands there: it answers what it promises, is closed to
 * strangers where it says so, and takes no harm from any body. A new operation with a body needs
 * one line in {@link #GOOD}.
 */
@ExtendWith(DoorExtension.class)
class OperationsTest {
  private static final String SIGNED =
      "{\"challengeId\":\"abc\",\"credential\":{\"id\":\"abc\",\"rawId\":\"abc\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"abc\",\"authenticatorData\":\"abc\",\"signature\":\"abc\",\"userHandle\":\"abc\"}}}";

  private static final String SOON =
      Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString();

  private static final Map<String, String> GOOD =
      Map.ofEntries(
          good(
              "register",
              "{\"username\":\"anna\",\"password\":\"correct horse\",\"email\":\"a@b.c\",\"displayName\":\"Anna\"}"),
          good("login", "{\"login\":\"anna\",\"password\":\"correct horse\"}"),
          good("createSession", "{\"login\":\"anna\",\"password\":\"correct horse\"}"),
          good("confirmTotp", "{\"code\":\"123456\"}"),
          good(
              "addPasskey",
              "{\"challengeId\":\"abc\",\"name\":\"Phone\",\"credential\":{\"id\":\"abc\",\"rawId\":\"abc\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"abc\",\"attestationObject\":\"abc\"}}}"),
          good("passkeyLogin", SIGNED),
          good("createPasskeySession", SIGNED),
          good("refresh", "{\"refreshToken\":\"abc\"}"),
          good(
              "changeUser",
              "{\"disabled\":true,\"role\":\"user\",\"displayName\":\"Anna\",\"email\":\"a@b.c\"}"),
          good("createRow", "{\"text\":\"hello\",\"size\":\"s\"}"),
          good("changeRow", "{\"text\":\"hello\",\"size\":\"s\"}"),
          good(
              "actOnRows",
              "{\"action\":\"shout\",\"ids\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"]}"),
          good("makeKey", "{\"name\":\"bot\",\"scopes\":[\"read\"],\"expiresInDays\":30}"),
          good("exchange", "{\"token\":\"a.b.c\"}"),
          good("exchangeForSession", "{\"token\":\"a.b.c\"}"),
          good("makeApplication", "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}"),
          good("changeApplication", "{\"name\":\"Shop\",\"origins\":[\"https://shop.example\"]}"),
          good("addApplicationKey", "{\"publicKey\":\"PEM\"}"),
          good("requestPasswordReset", "{\"email\":\"anna@example.org\"}"),
          good("confirmPasswordReset", "{\"token\":\"abc\",\"password\":\"correct horse\"}"),
          good("changePassword", "{\"current\":\"old horse\",\"password\":\"correct horse\"}"),
          good("changeEmail", "{\"current\":\"correct horse\",\"email\":\"anna@example.org\"}"),
          good("confirmEmail", "{\"token\":\"abc\"}"),
          good("confirm", "{\"current\":\"correct horse\"}"),
          good(
              "createRoom",
              "{\"kind\":\"group\",\"name\":\"Lobby\",\"members\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"]}"),
          good(
              "changeMe",
              "{\"displayName\":\"Anna\",\"username\":\"anna\",\"timeZone\":\"UTC\",\"statusText\":\"here\"}"),
          good("putAvatar", "what the bytes are is not the door's to say"),

          // Edits and deletions.
          good("editMessage", "{\"text\":\"hello\"}"),

          // Reports.
          good("reportMessage", "{\"reason\":\"spam\",\"note\":\"again\"}"),

          // Threads and forwards.
          good(
              "forwardMessage",
              "{\"roomId\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"clientId\":\"01890a5d-ac96-774b-bcce-b302099a8058\"}"),

          // Own place.
          good(
              "changePlace",
              "{\"notifications\":\"mentions\",\"pinned\":true,\"hidden\":true,\"unread\":true}"),

          // Room management.
          good(
              "changeRoom",
              "{\"name\":\"Lobby\",\"topic\":\"Whatever\",\"kind\":\"public\",\"archived\":true,\"posting\":\"moderators\",\"history\":\"joined\"}"),
          good("putRoomAvatar", "what the bytes are is not the door's to say"),
          good("changeMember", "{\"role\":\"moderator\"}"),

          // Invitations.
          good("makeInvite", "{\"expiresInHours\":24,\"maxUses\":5}"),
          good(
              "makeAccountInvite",
              "{\"role\":\"user\",\"maxUses\":5,\"expiresInHours\":24,\"note\":\"the team\"}"),
          good("changeRegistration", "{\"mode\":\"invite\"}"),

          // Blocks.
          good("changePrivacy", "{\"directFrom\":\"shared\"}"),

          // Drafts.
          good("putDraft", "{\"text\":\"hel\",\"replyTo\":6}"),

          // Media.
          good(
              "uploadMedia",
              new String(Form.of("a.txt", new byte[] {'a'}).bytes(), StandardCharsets.UTF_8)),

          // Scheduled.
          good("schedule", "{\"text\":\"hello\",\"at\":\"" + SOON + "\"}"),
          good("changeScheduled", "{\"text\":\"hello\",\"at\":\"" + SOON + "\"}"),
          good("markRead", "{\"seq\":7}"),
          good(
              "postMessage",
              "{\"text\":\"hello\",\"clientId\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"replyTo\":7,\"threadOf\":7,\"attachments\":[\"01890a5d-ac96-774b-bcce-b302099a8058\"]}"));

  private static Map.Entry<String, String> good(String operationId, String body) {
    return Map.entry(operationId, body);
  }

  private final Door door;

  OperationsTest(Door door) {
    this.door = door;
  }

  @BeforeEach
  void forget() {
    door.services().forget();
  }

  @TestFactory
  List<DynamicTest> everyOperationAnswersWhatItPromises() {
    return each(
        operation -> {
          // The door of the tests holds every answer against the contract.
          Reply reply =
              operation.getRequestBody() != null && !takesJson(operation)
                  ? door.bytes(
                      method(operation),
                      target(operation),
                      good(operation).getBytes(StandardCharsets.UTF_8),
                      List.of(headers().get(0), "Content-Type: " + type(operation)))
                  : send(operation, good(operation));
          assertTrue(reply.status() < (redirects(operation) ? 400 : 300), reply.text());
        });
  }

  @TestFactory
  List<DynamicTest> everyOperationThatAsksForCredentialsRefusesStrangers() {
    return each(
        operation -> {
          Reply reply = door.send(method(operation), target(operation), good(operation));
          assertEquals(
              operation.getSecurityRequirements().isEmpty(), reply.status() != 401, reply.text());
        });
  }

  @TestFactory
  List<DynamicTest> everyOperationAsksKeysForOneScopeAndTakesNoOther() {
    return each(
        operation -> {
          List<Scope> opening = new ArrayList<>();
          for (Scope scope : Scope.values()) {
            Reply reply = asKey(operation, scope);
            if (reply.status() < 400) {
              opening.add(scope);
            } else {
              assertEquals(403, reply.status(), reply.text());
              assertTrue(
                  method(operation).equals("HEAD")
                      || reply.text().contains("/problems/scope-missing"),
                  reply.text());
            }
          }
          boolean open = operation.getSecurityRequirements().isEmpty();
          assertEquals(open ? List.of(Scope.values()) : List.of(scope(operation)), opening);
        });
  }

  /** As the contract describes it in words; what keeps an account is never a key's. */
  private static Scope scope(Operation operation) {
    Object said = operation.getOpenAPIModel().getValue("x-scope");
    String path = operation.getOpenAPIPath();
    if (said != null) {
      return Scope.valueOf(said.toString().toUpperCase(java.util.Locale.ROOT));
    }
    if (path.startsWith("/admin/")) {
      return Scope.ADMIN;
    }
    if (path.matches("/(auth|session|users/me)(/.*)?")) {
      return Scope.ACCOUNT;
    }
    return method(operation).equals("GET") ? Scope.READ : Scope.WRITE;
  }

  private Reply asKey(Operation operation, Scope scope) {
    return door.bytes(
        method(operation),
        target(operation),
        good(operation).getBytes(StandardCharsets.UTF_8),
        List.of(
            "Authorization: Bearer " + FakeServices.KEY_FOR + scope.name(),
            "Content-Type: " + type(operation)));
  }

  @TestFactory
  List<DynamicTest> noBodyHarmsAnyOperation() {
    List<DynamicTest> tests = new ArrayList<>();
    door.contract().operations().stream()
        .filter(OperationsTest::takesJson)
        .forEach(
            operation ->
                badBodies(good(operation), mayBeEmpty(operation))
                    .forEach(
                        (what, body) ->
                            tests.add(
                                DynamicTest.dynamicTest(
                                    operation.getOperationId() + ": " + what,
                                    () -> {
                                      Reply reply =
                                          door.bytes(
                                              method(operation),
                                              target(operation),
                                              body,
                                              headers());
                                      assertTrue(
                                          reply.status() >= 400 && reply.status() < 500,
                                          reply.status() + " " + reply.text());
                                    }))));
    assertTrue(tests.size() > 100, "the table of bad bodies is empty");
    return tests;
  }

  /** Bodies that are no JSON at all, and for each field of a good one every wrong value. */
  private static Map<String, byte[]> badBodies(String good, Set<String> mayBeEmpty) {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    List.of(
            "",
            "{",
            "[]",
            "null",
            "1",
            "\"x\"",
            good + "x",
            good + good,
            "\uFEFF" + good,
            good.replaceFirst("\\{", "{\"\\\\u0000\":1,"),
            good.replaceFirst("\\{", "{\"\\\\ud800\":1,"),
            good.replaceFirst("\\{", "{\"unknown\":1,"),
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
            "{'a':1}",
            "// no\n" + good)
        .forEach(
            text -> bodies.put("whole " + shortened(text), text.getBytes(StandardCharsets.UTF_8)));
    bodies.put("UTF-16", good.getBytes(StandardCharsets.UTF_16));
    bodies.put("invalid UTF-8", invalidUtf8(good));
    bodies.put(
        "1 MiB key", ("{\"" + "k".repeat(1 << 20) + "\":1}").getBytes(StandardCharsets.UTF_8));
    JsonObject fields = new JsonObject(good);
    for (String field : fields.fieldNames()) {
      for (String value :
          List.of(
              "null",
              "{\"$gt\":\"\"}",
              "[[]]",
              "true",
              "-1",
              "1.5",
              "NaN",
              "Infinity",
              "1e999",
              "1" + "0".repeat(1_100),
              "9223372036854775808",
              "\"\"",
              "\"\\u0000\"",
              "\"a\\ud800\"",
              "\"\\udc00a\"",
              "\"" + "x".repeat(1 << 20) + "\"",
              "[".repeat(40) + "]".repeat(40))) {
        // True is a good one where it is true that is asked for.
        boolean right = value.equals(fields.getValue(field).toString());
        boolean clears = value.equals("\"\"") && mayBeEmpty.contains(field);
        if (!right && !clears) {
          bodies.put(field + " = " + shortened(value), with(fields, field, value));
        }
      }
      bodies.put(
          field + " twice",
          good.replaceFirst("\\{", "{\"" + field + "\":1,").getBytes(StandardCharsets.UTF_8));
    }
    return bodies;
  }

  /** A browser's way to a provider of sign-ins and back. */
  private static boolean redirects(Operation operation) {
    return Set.of("beginOidc", "finishOidc").contains(operation.getOperationId());
  }

  private static String type(Operation operation) {
    if (operation.getRequestBody() == null || takesJson(operation)) {
      return "application/json";
    }
    boolean form = operation.getRequestBody().getContent().containsKey("multipart/form-data");
    return form ? Form.TYPE : "image/png";
  }

  private static boolean takesJson(Operation operation) {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent().containsKey("application/json");
  }

  /** Texts that an empty one clears. */
  private static Set<String> mayBeEmpty(Operation operation) {
    return switch (operation.getOperationId()) {
      case "changeMe" -> Set.of("displayName", "timeZone", "statusText");
      case "changeRoom" -> Set.of("topic");
      case "changeUser" -> Set.of("email");
      case "postMessage" -> Set.of("text");
      default -> Set.of();
    };
  }

  private static byte[] with(JsonObject fields, String field, String raw) {
    return fields
        .copy()
        .put(field, "HERE")
        .encode()
        .replace("\"HERE\"", raw)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] invalidUtf8(String good) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("{\"x\":\"".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xff);
    bytes.writeBytes(("\"," + good.substring(1)).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  private interface Check {
    void of(Operation operation);
  }

  private List<DynamicTest> each(Check check) {
    return door.contract().operations().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(operation.getOperationId(), () -> check.of(operation)))
        .toList();
  }

  private Reply send(Operation operation, String body) {
    return door.as(method(operation), target(operation), body);
  }

  private static List<String> headers() {
    return List.of("Authorization: Bearer " + FakeServices.TOKEN, "Content-Type: application/json");
  }

  private static String method(Operation operation) {
    return operation.getHttpMethod().name();
  }

  private static String good(Operation operation) {
    return operation.getRequestBody() == null ? "" : GOOD.get(operation.getOperationId());
  }

  private static String target(Operation operation) {
    String path =
        operation
            .getOpenAPIPath()
            .replace("{roomId}", FakeServices.ROOM.toString())
            .replace("{userId}", FakeServices.ANNA.id().toString())
            .replace("{sessionId}", FakeServices.ROOM.toString())
            .replace("{keyId}", FakeServices.ROOM.toString())
            .replace("{identityId}", FakeServices.ROOM.toString())
            .replace("{applicationId}", FakeServices.ROOM.toString())
            .replace("{passkeyId}", FakeServices.ROOM.toString())
            .replace("{inviteId}", FakeServices.ROOM.toString())
            .replace("{model}", "notes")
            .replace("{id}", FakeServices.ROOM.toString())
            .replace("{connectionId}", FakeServices.ROOM.toString())
            .replace("{token}", "abc")
            .replace("{mediaId}", FakeServices.ROOM.toString())
            .replace("{scheduledId}", FakeServices.ROOM.toString())
            .replace("{seq}", "7")
            .replace("{emoji}", "%F0%9F%91%8D");
    boolean search = Set.of("searchUsers", "searchMessages").contains(operation.getOperationId());
    boolean sync = operation.getOperationId().equals("syncRoom");
    boolean linked = operation.getOperationId().equals("getLinkedMedia");
    boolean leave = operation.getOperationId().equals("deleteMe");
    return Contract.PREFIX
        + path
        + (search
            ? "?q=an"
            : sync ? "?since=0" : leave ? "?messages=keep" : linked ? "?token=abc" : "");
  }
}
