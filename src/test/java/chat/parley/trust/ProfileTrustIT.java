package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Bytes;
import chat.parley.testing.Pictures;
import chat.parley.testing.RawHttp;
import chat.parley.testing.Stopwatch;
import io.vertx.core.json.JsonObject;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people may send as their profile and picture, and what others see of it. */
class ProfileTrustIT {
  @RegisterExtension static final Target target = new Target();

  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final String HTML = "<!doctype html><script>alert(document.domain)</script>";

  /** The first picture loads decoders; what is measured comes after. */
  @BeforeAll
  static void loadDecoders() {
    Person first = target.person("warm");
    assertEquals(200, put(first, Pictures.halves("png", 64, 64), "image/png").status());
    assertEquals(200, put(first, Pictures.halves("jpeg", 64, 64), "image/jpeg").status());
    assertEquals(200, put(first, Pictures.animation(2), "image/gif").status());
    assertEquals(200, put(first, Pictures.webp(64, 64, Color.PINK), "image/webp").status());
  }

  private static Bytes put(Person person, byte[] file, String type) {
    return person.bytes("PUT", "/users/me/avatar", file, "Content-Type", type);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] shown(Person reader, Bytes put) {
    String url = put.json().getJsonObject("user").getString("avatarUrl");
    Bytes picture = reader.bytes("GET", url.substring("/api/v1".length()), null);
    assertEquals(200, picture.status());
    assertEquals("nosniff", picture.header("x-content-type-options"));
    assertEquals("same-origin", picture.header("cross-origin-resource-policy"));
    assertTrue(picture.header("content-security-policy").contains("default-src 'none'"));
    assertTrue(List.of("image/png", "image/jpeg").contains(picture.header("content-type")));
    return picture.body();
  }

  @Test
  void s43_whatIsNotMineToSayIsRefused() {
    Person eve = target.person("eve");
    JsonObject before = eve.get("/auth/me").body();
    Map<String, Object> wishes = new TreeMap<>();
    wishes.put("role", "admin");
    wishes.put("id", "01890a5d-ac96-774b-bcce-b302099a8057");
    wishes.put("email", "root@example.org");
    wishes.put("emailVerified", true);
    wishes.put("passwordHash", "$argon2id$x");
    wishes.put("avatarUrl", "https://evil.example/x.png");
    wishes.put("disabledAt", "2026-01-01T00:00:00Z");
    wishes.put("createdAt", "2026-01-01T00:00:00Z");
    wishes.put("user", new JsonObject().put("role", "admin"));
    wishes.forEach(
        (field, value) -> {
          JsonObject wish = new JsonObject().put("statusText", "me").put(field, value);
          assertEquals(400, eve.call("PATCH", "/users/me", wish).status(), field);
        });
    assertEquals(before, eve.get("/auth/me").body());
    String room = eve.room("group");
    for (String field : List.of("senderId", "seq", "createdAt", "sentAt", "version", "sender")) {
      JsonObject message = new JsonObject().put("text", "hi").put(field, 7);
      assertEquals(400, eve.post("/chat/rooms/" + room + "/messages", message).status(), field);
    }
    assertTrue(eve.history(room).stream().allMatch(java.util.Objects::isNull));
  }

  /** Replies are held against schemas that allow no other property; here the words themselves. */
  @Test
  void s44_nobodysAddressOrTimeZoneReachesOthers() {
    String mark = "m" + java.util.UUID.randomUUID().toString().substring(0, 8);
    JsonObject wish =
        new JsonObject()
            .put("username", mark)
            .put("password", "correct horse of " + mark)
            .put("email", mark + "-secret@example.org");
    Person stranger = Person.stranger(target.url());
    String id = stranger.post("/auth/register", wish).body().getJsonObject("user").getString("id");
    Person ann = Person.signedIn(target.url(), mark, "correct horse of " + mark);
    ann.call("PATCH", "/users/me", new JsonObject().put("timeZone", "Antarctica/Troll"));
    Person bob = target.person("bob");
    JsonObject room = new JsonObject().put("kind", "group").put("name", "Room");
    room.put("members", new io.vertx.core.json.JsonArray().add(id));
    String roomId = bob.post("/chat/rooms", room).body().getString("id");
    ann.say(roomId, "hello");
    String all =
        List.of(
                "/users/" + id,
                "/users?q=" + mark,
                "/chat/rooms",
                "/chat/rooms/" + roomId,
                "/chat/rooms/" + roomId + "/members",
                "/chat/rooms/" + roomId + "/messages",
                "/chat/rooms/" + roomId + "/sync?since=0")
            .stream()
            .map(path -> bob.get(path).body().encode())
            .reduce("", String::concat);
    assertTrue(all.contains(mark));
    assertFalse(all.contains("secret@") || all.contains("Troll"), all);
    assertTrue(ann.get("/auth/me").body().encode().contains("secret@"));
  }

  @Test
  void s70_whatIsNoPictureIsRefusedWhateverItIsCalled() {
    Person eve = target.person("eve");
    List<byte[]> files =
        List.of(
            ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ascii("<?xml version='1.0'?><svg/>"),
            ascii(HTML),
            ascii("%PDF-1.7\n%"),
            ascii("II*\0\b\0\0\0\0\0"),
            ascii("MM\0*\0\0\0\b\0\0"),
            ascii("8BPS\0\1\0\0\0\0\0\0"),
            ascii("%!PS-Adobe-3.0 EPSF-3.0"),
            ascii("\0\0\0\fjP  \r\n\u0087\n"),
            ascii(
                HTML.concat(
                    new String(Pictures.halves("png", 9, 9), StandardCharsets.ISO_8859_1))));
    String[] types = {"image/png", "image/jpeg", "image/gif", "image/webp"};
    for (int i = 0; i < files.size(); i++) {
      assertEquals(415, put(eve, files.get(i), types[i % 4]).status(), "file " + i);
    }
    Person mallory = target.person("mallory");
    for (String type :
        List.of("image/svg+xml", "text/html", "image/tiff", "application/json", "x")) {
      assertEquals(415, put(mallory, Pictures.halves("png", 9, 9), type).status(), type);
    }
    assertFalse(eve.get("/auth/me").body().getJsonObject("user").containsKey("avatarUrl"));
  }

  /** A picture that is a page as well is a picture only, afterwards. */
  @Test
  void s70_polyglotLosesItsOtherMeaning() {
    Person eve = target.person("eve");
    Person bob = target.person("bob");
    for (String format : List.of("png", "jpeg", "gif")) {
      byte[] both = joined(Pictures.halves(format, 90, 90), ascii(HTML), ascii("PK\3\4 GIFAR"));
      Bytes put = put(eve, both, "image/webp");
      assertEquals(200, put.status(), format + " is told by its bytes");
      String kept = new String(shown(bob, put), StandardCharsets.ISO_8859_1);
      assertFalse(kept.contains("script") || kept.contains("GIFAR"), format);
    }
  }

  @Test
  void s71_bombsAreRefusedAtOnce() {
    Person eve = target.person("eve");
    byte[] bomb = Pictures.bomb(65_535, 65_535);
    assertTrue(bomb.length < 60_000, "a bomb is small");
    for (byte[] file : List.of(bomb, Pictures.webp(16_383, 16_383, Color.RED))) {
      Duration fastest =
          Stopwatch.shortest(
              AT_ONCE, () -> assertEquals(413, put(eve, file, "image/png").status(), "a bomb"));
      assertTrue(fastest.compareTo(AT_ONCE) <= 0, fastest::toString);
    }
    byte[] animation = Pictures.animation(10_000);
    assertEquals(200, put(eve, animation, "image/gif").status());
  }

  @Test
  void s71_brokenPicturesAreRefused() {
    Person eve = target.person("eve");
    for (String format : List.of("png", "jpeg", "gif")) {
      byte[] whole = Pictures.halves(format, 900, 900);
      for (int part : new int[] {whole.length / 2, 30}) {
        assertEquals(422, put(eve, Arrays.copyOf(whole, part), "image/" + format).status(), format);
      }
    }
    assertEquals(422, put(eve, ascii("RIFF\0\0\0\0WEBPVP8L"), "image/webp").status());
  }

  @Test
  void s71_placeAndCameraAreGone() {
    Person eve = target.person("eve");
    byte[] photo = Pictures.withExif(Pictures.halves("jpeg", 400, 300), 6, "N 52.5200 E 13.4050");
    String kept =
        new String(shown(eve, put(eve, photo, "image/jpeg")), StandardCharsets.ISO_8859_1);
    assertFalse(kept.contains("13.4050") || kept.contains("Exif"));
  }

  /** Refused before a byte of it is taken, and to strangers before that. */
  @Test
  void s71_tooLargeIsRefusedByItsLength() {
    Person eve = target.person("eve");
    target.assumeLocal();
    List<String> head =
        List.of(
            "Authorization: Bearer " + eve.token(),
            "Content-Type: image/png",
            "Content-Length: 6000000");
    assertEquals(413, head(head));
    assertEquals(401, head(head.subList(1, 3)));
    assertEquals(413, put(eve, new byte[(5 << 20) + 1], "image/png").status());
    assertNotEquals(413, put(eve, new byte[5 << 20], "image/png").status());
  }

  private static int head(List<String> headers) {
    byte[] nothing = new byte[0];
    return RawHttp.send(target.port(), "PUT", "/api/v1/users/me/avatar", headers, nothing).status();
  }
}
