package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Form;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.RawHttp;
import chat.parley.testing.SentFiles;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files on their way in, on messages, on their way out, and gone. */
class MediaIT {
  private static final int MOST = 2 << 20;
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  @RegisterExtension
  static final TestServer server =
      new TestServer().withMedia(options -> options.bounded(MOST, 5 << 20)).shared();

  private static Person ann;
  private static Person bob;
  private static Person eve;

  @BeforeAll
  static void people() {
    ann = server.person("ann");
    bob = server.person("bob");
    eve = server.person("eve");
  }

  private static Person.Bytes fetch(Person who, String id, String... headers) {
    return who.bytes("GET", "/media/" + id, null, headers);
  }

  @Test
  void i17_fileComesBackAsItWasToWhoeverIsInTheRoom() {
    String room = ann.room("group", bob);
    byte[] bytes = SentFiles.random(300_000);
    JsonObject file = SentFiles.send(ann, "notes.bin", bytes);
    assertEquals("application/octet-stream", file.getString("type"));
    assertEquals(300_000, file.getInteger("size"));
    String id = file.getString("id");
    assertEquals(404, fetch(bob, id).status());
    assertArrayEquals(bytes, fetch(ann, id).body());

    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    JsonObject message = SentFiles.say(ann, room, "", id);
    assertEquals("", message.getString("text"));
    assertEquals(new JsonArray().add(file), message.getJsonArray("attachments"));
    Person.Bytes got = fetch(bob, id);
    assertEquals(200, got.status());
    assertArrayEquals(bytes, got.body());
    assertEquals("private, no-cache", got.header("cache-control"));
    assertEquals(304, fetch(bob, id, "If-None-Match", got.header("etag")).status());
    assertEquals(404, fetch(eve, id).status());
    assertEquals(404, bob.delete("/media/" + id).status());
    assertEquals(404, ann.delete("/media/" + id).status(), "it was sent");

    JsonArray synced = bob.sync(room, 0).getJsonArray("items");
    JsonObject newest = synced.getJsonObject(synced.size() - 1);
    assertEquals(message, newest.getJsonObject("message"));
    String history = "/chat/rooms/" + room + "/messages";
    assertEquals(message, bob.get(history).body().getJsonArray("items").getJsonObject(0));
    JsonObject heard = socket.await("the message", frame -> frame.encode().contains(id));
    assertEquals(message, heard.getJsonObject("body").getJsonObject("message"));
  }

  @Test
  void uploadNotSentCanBeForgotten() {
    String id =
        SentFiles.send(ann, "oops.txt", "oops".getBytes(StandardCharsets.UTF_8)).getString("id");
    assertEquals(404, bob.delete("/media/" + id).status());
    assertEquals(204, ann.delete("/media/" + id).status());
    assertEquals(404, fetch(ann, id).status());
    assertEquals(404, ann.delete("/media/" + id).status());
  }

  private static String file(Person who) {
    return SentFiles.send(who, "a.bin", SentFiles.random(1_000)).getString("id");
  }

  private static byte[] text(String words) {
    return words.getBytes(StandardCharsets.UTF_8);
  }

  /** In the folder for files that come in; what was kept is elsewhere. */
  private static long incoming() {
    try (Stream<Path> all = Files.walk(server.mediaFolder().resolve("incoming"))) {
      return all.filter(each -> Files.isRegularFile(each) && !each.endsWith("lock")).count();
    } catch (IOException meanwhile) {
      return -1;
    }
  }

  private static String rows() {
    return server.query(
        "select (select count(*) from media) || ' ' || (select count(*) from media_blobs)");
  }

  private static Person.Answer post(Person who, String room, JsonObject wish) {
    return who.post("/chat/rooms/" + room + "/messages", wish);
  }

  @Test
  void messageCarriesOnlyWhatIsItsSendersAndEachOnce() {
    String room = ann.room("group", bob);
    String mine = file(ann);
    String foreign = file(bob);
    Person.Answer wrong = SentFiles.post(ann, room, "look", mine, foreign);
    assertEquals(400, wrong.status());
    assertEquals(
        "/attachments/1",
        wrong.body().getJsonArray("errors").getJsonObject(0).getString("pointer"));
    assertEquals(400, SentFiles.post(ann, room, "", UUID.randomUUID().toString()).status());
    assertEquals(400, SentFiles.post(ann, room, "", mine, mine).status());
    assertEquals(400, SentFiles.post(ann, room, "").status(), "neither words nor files");

    JsonObject wish =
        new JsonObject()
            .put("clientId", UUID.randomUUID().toString())
            .put("attachments", new JsonArray().add(mine));
    Person.Answer first = post(ann, room, wish);
    assertEquals(201, first.status(), first.body()::encode);
    assertEquals(first.body(), post(ann, room, wish).body(), "said again");
    JsonObject other = wish.copy().put("attachments", new JsonArray().add(file(ann)));
    assertEquals(409, post(ann, room, other).status());
    SentFiles.say(ann, room, "the same once more", mine);

    BusSocket socket = ann.socket();
    JsonObject said = wish.copy().put("type", "message");
    said.put("clientId", UUID.randomUUID().toString());
    JsonObject answer = Await.get(socket.ask(room, said));
    assertEquals("rec", answer.getString("type"), answer::encode);
    JsonObject refused = said.copy().put("attachments", new JsonArray().add("x"));
    refused.put("clientId", UUID.randomUUID().toString());
    assertEquals("err", Await.get(socket.ask(room, refused)).getString("type"));
  }

  @Test
  void forwardedFileIsSeenThereAndWhereItWasDeletedNoMore() {
    String room = ann.room("group", bob);
    String elsewhere = bob.room("group", eve);
    String id = file(ann);
    long seq = SentFiles.say(ann, room, "look", id).getLong("seq");
    String at = "/chat/rooms/" + room + "/messages/" + seq;
    Person.Answer forwarded = bob.post(at + "/forward", new JsonObject().put("roomId", elsewhere));
    assertEquals(201, forwarded.status(), forwarded.body()::encode);
    JsonArray carried = forwarded.body().getJsonObject("message").getJsonArray("attachments");
    assertEquals(id, carried.getJsonObject(0).getString("id"));
    assertEquals(200, fetch(eve, id).status());
    assertEquals(200, ann.delete(at).status());
    assertEquals(404, fetch(ann, id).status(), "the owner is not in the other room");
    assertEquals(200, fetch(eve, id).status());
  }

  @Test
  void i10_removedMemberGetsNothingAtOnce() {
    String room = ann.room("group", bob);
    JsonObject picture = SentFiles.send(ann, "a.png", Pictures.halves("png", 600, 300));
    String id = picture.getString("id");
    SentFiles.say(ann, room, "", id);
    JsonObject link = bob.post("/media/" + id + "/link", null).body();
    String linked = link.getString("url").substring("/api/v1".length());
    Person stranger = Person.stranger(server.url());
    assertEquals(200, fetch(bob, id).status());
    assertEquals(200, fetch(bob, id + "/thumbnail").status());
    assertEquals(200, stranger.bytes("GET", linked, null).status());
    assertEquals(200, stranger.bytes("GET", linked + "&thumbnail=true", null).status());

    assertEquals(204, ann.delete("/chat/rooms/" + room + "/members/" + bob.id()).status());
    Person.Bytes gone = fetch(bob, id);
    assertEquals(404, gone.status());
    assertEquals(404, fetch(bob, id + "/thumbnail").status());
    assertEquals(404, bob.post("/media/" + id + "/link", null).status());
    assertEquals(404, stranger.bytes("GET", linked, null).status());
    assertEquals(200, fetch(ann, id).status());
    JsonObject never = fetch(bob, UUID.randomUUID().toString()).json();
    assertEquals(never.copy().putNull("instance"), gone.json().putNull("instance"));
  }

  @Test
  void linkIsForOneFileAndOneToken() {
    String id = file(ann);
    String other = file(ann);
    String url = ann.post("/media/" + id + "/link", null).body().getString("url");
    String token = url.substring(url.indexOf("token=") + 6);
    Person stranger = Person.stranger(server.url());
    String path = "/media/%s/linked?token=%s";
    assertEquals(200, stranger.bytes("GET", path.formatted(id, token), null).status());
    assertEquals(404, stranger.bytes("GET", path.formatted(other, token), null).status());
    String forged = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
    assertEquals(404, stranger.bytes("GET", path.formatted(id, forged), null).status());
    assertEquals(401, fetch(stranger, id).status());
  }

  @Test
  void i11_fileFromBeforeOneJoinedIsNotThere() {
    String room = ann.room("group", bob);
    assertEquals(
        200, ann.patch("/chat/rooms/" + room, new JsonObject().put("history", "joined")).status());
    String before = file(ann);
    SentFiles.say(ann, room, "", before);
    ann.put("/chat/rooms/" + room + "/members/" + eve.id(), null);
    String after = file(ann);
    SentFiles.say(ann, room, "", after);
    assertEquals(404, fetch(eve, before).status());
    assertEquals(200, fetch(eve, after).status());
    assertEquals(200, fetch(bob, before).status());
  }

  @Test
  void i12_deletedMessageTakesItsFileAwayAtOnceAndItsBytesAfterADay() {
    String room = ann.room("group", bob);
    JsonObject picture = SentFiles.send(ann, "a.png", Pictures.halves("png", 601, 301));
    String id = picture.getString("id");
    long seq = SentFiles.say(ann, room, "", id).getLong("seq");
    String hash = server.query("select encode(hash, 'hex') from media where id = '" + id + "'");
    Path kept = server.mediaFolder().resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    assertTrue(Files.exists(kept));
    assertEquals(200, ann.delete("/chat/rooms/" + room + "/messages/" + seq).status());
    for (Person each : List.of(ann, bob)) {
      assertEquals(404, fetch(each, id).status());
      assertEquals(404, fetch(each, id + "/thumbnail").status());
    }
    assertEquals(400, SentFiles.post(ann, room, "", id).status());
    assertFalse(bob.sync(room, 0).encode().contains(id));

    server.sql(
        "update media set unused_since = now() - interval '25 hours' where id = '" + id + "'");
    Await.until(
        "the row is gone",
        () -> server.query("select count(*) from media where id = '" + id + "'").equals("0"));
    assertTrue(Files.exists(kept), "somebody may be sending the same");
    server.sql("update media_blobs set unused_since = now() - interval '25 hours'");
    Await.until("the bytes are gone", () -> Files.notExists(kept));
    String sent = file(bob);
    SentFiles.say(bob, room, "", sent);
    server.sql("update media set unused_since = now() - interval '25 hours'");
    server.sql("update media_blobs set unused_since = now() - interval '25 hours'");
    Await.until(
        "all were looked at",
        () ->
            server
                .query(
                    "select count(*) from media_blobs where unused_since < now() - interval '24 hours'")
                .equals("0"));
    assertEquals(200, fetch(bob, sent).status(), "what is carried stays");
  }

  @Test
  void playersSeek() {
    byte[] bytes = SentFiles.random(10_000);
    String id = SentFiles.send(ann, "a.bin", bytes).getString("id");
    String tag = fetch(ann, id).header("etag");
    record Case(String range, int status, int from, int to) {}
    for (Case each :
        List.of(
            new Case("bytes=0-99", 206, 0, 100),
            new Case("bytes=9000-", 206, 9_000, 10_000),
            new Case("bytes=-1", 206, 9_999, 10_000),
            new Case("bytes=9000-99999", 206, 9_000, 10_000),
            new Case("bytes=0-", 200, 0, 10_000),
            new Case("bytes=5-1", 200, 0, 10_000),
            new Case("bytes=0-1,5-6", 200, 0, 10_000),
            new Case("lines=1-2", 200, 0, 10_000))) {
      Person.Bytes got = fetch(ann, id, "Range", each.range());
      assertEquals(each.status(), got.status(), each.range());
      assertArrayEquals(
          Arrays.copyOfRange(bytes, each.from(), each.to()), got.body(), each.range());
    }
    Person.Bytes beyond = fetch(ann, id, "Range", "bytes=10000-");
    assertEquals(416, beyond.status());
    assertEquals("bytes */10000", beyond.header("content-range"));
    assertEquals(206, fetch(ann, id, "Range", "bytes=0-1", "If-Range", tag).status());
    assertEquals(200, fetch(ann, id, "Range", "bytes=0-1", "If-Range", "\"other\"").status());
    Person.Bytes head = ann.bytes("HEAD", "/media/" + id, null);
    assertEquals(200, head.status());
    assertEquals("10000", head.header("content-length"));
    assertEquals("bytes", head.header("accept-ranges"));
  }

  @Test
  void namesArriveAsTheyWereAndBreakNoHeader() {
    record Case(String given, String kept) {}
    for (Case each :
        List.of(
            new Case("Grüße \"an\" 東京.txt", "Grüße \"an\" 東京.txt"),
            new Case("C:\\Users\\me\\secret plans.doc", "secret plans.doc"),
            new Case("../../etc/passwd", "passwd"),
            new Case("a\u202Egpj.exe", "agpj.exe"),
            new Case("..", "file"),
            new Case("a, b; c=d: 100%.txt", "a, b; c=d: 100%.txt"),
            new Case("x".repeat(300), "x".repeat(255)))) {
      JsonObject file = SentFiles.send(ann, each.given(), text("words"));
      assertEquals(each.kept(), file.getString("name"));
      String disposition = fetch(ann, file.getString("id")).header("content-disposition");
      assertTrue(disposition.startsWith("attachment; filename=\""), disposition);
      assertTrue(disposition.chars().allMatch(c -> c >= ' ' && c < 0x7f), disposition);
      String exact = disposition.substring(disposition.indexOf("UTF-8''") + 7);
      assertEquals(each.kept(), URLDecoder.decode(exact, StandardCharsets.UTF_8));
    }
    JsonObject split = SentFiles.send(ann, "a\r\nX-Evil: 1\r\n.txt", text("words"));
    assertEquals("aX-Evil: 1.txt", split.getString("name"));
    assertEquals("", fetch(ann, split.getString("id")).header("x-evil"));
  }

  @Test
  void s70_whatABrowserCouldTakeForAPageIsADownloadThatMayDoNothing() {
    String script = "<script>alert(document.domain)</script>";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.svg", text("<svg xmlns='http://www.w3.org/2000/svg'>" + script + "</svg>"));
    files.put("a.html", text("<!doctype html>" + script));
    files.put("a.xml", text("<?xml version='1.0'?><a/>"));
    files.put("a.png", text("  " + script));
    files.put("a.txt", text("hello <script>alert(1)</script>"));
    files.put("a.pdf", text("%PDF-1.4\n" + script));
    files.put("a.zip", text("PK\u0003\u0004" + script));
    files.forEach(
        (name, bytes) -> {
          JsonObject file = SentFiles.send(ann, name, bytes);
          assertFalse(file.getString("type").matches(".*(html|svg|xml|image).*"), file.encode());
          Person.Bytes got = fetch(ann, file.getString("id"));
          assertTrue(got.header("content-disposition").startsWith("attachment"), name);
          assertEquals(file.getString("type"), got.header("content-type"));
          assertEquals("nosniff", got.header("x-content-type-options"));
          assertEquals("sandbox; default-src 'none'", got.header("content-security-policy"));
          assertEquals("same-origin", got.header("cross-origin-resource-policy"));
        });
    JsonObject plain = SentFiles.send(ann, "evil.html", text("just words"));
    assertEquals("text/plain", plain.getString("type"));
    JsonObject picture = SentFiles.send(ann, "evil.html", Pictures.halves("jpeg", 20, 20));
    assertEquals("image/jpeg", picture.getString("type"));
    assertTrue(
        fetch(ann, picture.getString("id")).header("content-disposition").startsWith("inline"));
  }

  @Test
  void picturesHaveTheirSizeAndASmallOne() {
    byte[] photo = Pictures.withExif(Pictures.halves("jpeg", 1_200, 900), 6, "N 52 E 13");
    JsonObject file = SentFiles.send(ann, "a.jpg", photo);
    assertEquals(900, file.getInteger("width"), "turned upright");
    assertEquals(1_200, file.getInteger("height"));
    Person.Bytes small = fetch(ann, file.getString("id") + "/thumbnail");
    BufferedImage seen = Pictures.read(small.body());
    assertEquals(360, seen.getWidth());
    assertEquals(480, seen.getHeight());
    assertFalse(new String(small.body(), StandardCharsets.ISO_8859_1).contains("Exif"));
    assertArrayEquals(photo, fetch(ann, file.getString("id")).body());
    JsonObject clear = SentFiles.send(ann, "a.png", Pictures.seeThrough(64));
    Person.Bytes png = fetch(ann, clear.getString("id") + "/thumbnail");
    assertEquals("image/png", png.header("content-type"));
    JsonObject moving = SentFiles.send(ann, "a.gif", Pictures.animation(3));
    assertTrue(moving.getBoolean("thumbnail"));
    JsonObject web = SentFiles.send(ann, "a.webp", Pictures.webp(64, 32, Color.RED));
    assertEquals(64, web.getInteger("width"));
    assertEquals(404, fetch(ann, file(ann) + "/thumbnail").status());
  }

  @Test
  void s71_bombsAndBrokenPicturesAreRefusedAtOnceAndLeaveNothing() {
    Person.Bytes warm = SentFiles.upload(eve, "a.png", Pictures.halves("png", 30, 30));
    assertEquals(201, warm.status());
    assertEquals(201, SentFiles.upload(eve, "a.gif", Pictures.animation(2)).status());
    String before = rows();
    byte[] bomb = Pictures.bomb(65_535, 65_535);
    for (byte[] file : List.of(bomb, Pictures.animation(10_000))) {
      Duration fastest =
          Stopwatch.shortest(
              AT_ONCE, () -> assertEquals(413, SentFiles.upload(eve, "a.png", file).status()));
      assertTrue(fastest.compareTo(AT_ONCE) <= 0, fastest::toString);
    }
    for (String format : List.of("png", "jpeg", "gif")) {
      byte[] whole = Pictures.halves(format, 900, 900);
      byte[] half = Arrays.copyOf(whole, whole.length / 2);
      assertEquals(422, SentFiles.upload(eve, "a." + format, half).status(), format);
    }
    assertEquals(before, rows());
    assertEquals(0, incoming());
    assertEquals(201, SentFiles.upload(eve, "a.tiff", text("II*\0 no picture of ours")).status());
  }

  private static RawHttp.Reply raw(List<String> headers, byte[] body) {
    return RawHttp.send(server.port(), "POST", "/api/v1/media", headers, body);
  }

  private static List<String> as(Person who, String... more) {
    List<String> headers = new ArrayList<>(List.of(more));
    headers.add("Authorization: Bearer " + who.token());
    headers.add("Content-Type: " + Form.TYPE);
    return headers;
  }

  @Test
  void s73_strangersAndTooMuchAreRefusedBeforeTheirBodyIsKept() {
    Person cat = server.person("cat" + UUID.randomUUID().toString().substring(0, 8));
    String before = rows();
    byte[] good = Form.of("a.bin", SentFiles.random(1_000)).bytes();
    assertEquals(401, raw(List.of("Content-Type: " + Form.TYPE), good).status());
    assertEquals(
        401,
        raw(List.of("Content-Type: " + Form.TYPE, "Content-Length: 1073741824"), new byte[0])
            .status());
    assertEquals(413, raw(as(cat, "Content-Length: 1073741824"), new byte[0]).status());
    Person.Bytes large = SentFiles.upload(cat, "a.bin", SentFiles.random(MOST + 1));
    assertEquals(413, large.status());
    assertEquals(
        "/file", large.json().getJsonArray("errors").getJsonObject(0).getString("pointer"));
    assertEquals(before, rows());

    SentFiles.send(cat, "1.bin", SentFiles.random(MOST));
    SentFiles.send(cat, "2.bin", SentFiles.random(MOST));
    Person.Bytes spent = SentFiles.upload(cat, "3.bin", SentFiles.random(MOST));
    assertEquals(413, spent.status());
    assertTrue(spent.json().getString("type").endsWith("/quota-spent"));
    Await.until("nothing is left of what was refused", () -> incoming() == 0);
  }

  @Test
  void s74_multipartIsBounded() {
    String before = rows();
    Form many = new Form();
    for (int i = 0; i < 10_000; i++) {
      many.field("f" + i, "x");
    }
    Form files = new Form();
    for (int i = 0; i < 1_000; i++) {
      files.file("file", "a", text("x"));
    }
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("10,000 fields", many.bytes());
    bodies.put("1,000 files", files.bytes());
    bodies.put("a name of 1 MiB", Form.of("x".repeat(1 << 20), text("x")).bytes());
    bodies.put("a field of 1 MiB", new Form().field("voice", "x".repeat(1 << 20)).bytes());
    bodies.put("another part", new Form().file("photo", "a", text("x")).bytes());
    bodies.put("no part", new Form().field("voice", "true").bytes());
    bodies.put("voice is maybe", Form.of("a", text("x")).field("voice", "maybe").bytes());
    bodies.put("nothing", new byte[0]);
    bodies.put("noise", SentFiles.random(10_000));
    bodies.forEach(
        (what, body) -> {
          Stopwatch begun = Stopwatch.started();
          int status = raw(as(eve), body).status();
          assertTrue(status == 400 || status == 413, what + ": " + status);
          assertTrue(begun.isWithin(Duration.ofSeconds(5)), what);
        });
    List<String> token = List.of("Authorization: Bearer " + eve.token());
    for (String type :
        List.of("multipart/form-data", "multipart/mixed; boundary=a", "text/plain")) {
      List<String> headers = new ArrayList<>(token);
      headers.add("Content-Type: " + type);
      int status = raw(headers, Form.of("a", text("x")).bytes()).status();
      assertTrue(status == 400 || status == 415, type + ": " + status);
    }
    assertEquals(
        415, raw(as(eve, "Content-Encoding: gzip"), Form.of("a", text("x")).bytes()).status());
    assertEquals(before, rows());
    Await.until("nothing is left", () -> incoming() == 0);
  }

  @Test
  void uploadThatBreaksOffLeavesNothing() throws IOException {
    String before = rows();
    byte[] part = Form.of("a.bin", SentFiles.random(500_000)).begun();
    String head =
        "POST /api/v1/media HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n"
            + String.join("\r\n", as(ann))
            + "\r\n\r\n";
    try (Socket socket = RawHttp.open(server.port())) {
      socket.getOutputStream().write(text(head));
      socket.getOutputStream().write(part);
      socket.getOutputStream().flush();
      Await.until("it is coming in", () -> incoming() == 1);
    }
    Await.until("nothing is left of it", () -> incoming() == 0);
    assertEquals(before, rows());
    byte[] unfinished = Form.of("a.bin", SentFiles.random(1_000)).begun();
    assertEquals(400, raw(as(ann), unfinished).status());
    Await.until("nor of that", () -> incoming() == 0);
  }

  @Test
  void leftoversOfProcessesThatDiedAreSweptAtTheStart() throws IOException {
    Path dead = server.mediaFolder().resolve("incoming").resolve("dead");
    Files.createDirectories(dead);
    Files.write(dead.resolve("half"), new byte[100]);
    try (Incoming living = Incoming.open(server.mediaFolder().resolve("incoming"))) {
      assertTrue(Files.notExists(dead));
      assertTrue(Files.exists(living.next().getParent()));
    }
    assertEquals(
        201, SentFiles.upload(ann, "a", text("the server's own folder is there")).status());
  }

  @Test
  void whoGoesTakesWhatWasNotSentAndExportsWhatIsTheirs() throws IOException {
    Person dan = server.person("dan" + UUID.randomUUID().toString().substring(0, 8));
    String room = ann.room("group", dan);
    String unsent = file(dan);
    byte[] bytes = SentFiles.random(400_000);
    String sent = SentFiles.send(dan, "mine.bin", bytes).getString("id");
    SentFiles.say(dan, room, "", sent);
    Map<String, byte[]> packed = unzipped(dan.bytes("POST", "/users/me/export", null).body());
    assertArrayEquals(bytes, packed.get("files/" + sent + "/mine.bin"));
    assertTrue(packed.containsKey("files/" + unsent + "/a.bin"));
    String words = new String(packed.get("messages/" + room + ".ndjson"), StandardCharsets.UTF_8);
    assertTrue(words.contains(sent));

    assertEquals(204, dan.delete("/users/me?messages=remove").status());
    assertEquals("0", server.query("select count(*) from media where id = '" + unsent + "'"));
    Await.until("what was said is gone", () -> fetch(ann, sent).status() == 404);
  }

  private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        files.put(each.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void roomThatEndsFreesItsFiles() {
    String room = ann.room("group", bob);
    String id = file(ann);
    SentFiles.say(ann, room, "", id);
    assertEquals(204, ann.delete("/chat/rooms/" + room).status());
    assertEquals(404, fetch(ann, id).status());
    Await.until(
        "nothing carries it",
        () ->
            server
                .query("select count(*) from attachments where media_id = '" + id + "'")
                .equals("0"));
  }
}
