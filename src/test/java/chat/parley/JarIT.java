package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.JarProcess;
import chat.parley.testing.Person;
import chat.parley.testing.Ports;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar as people run it: it starts, survives being killed, and stops in order. */
class JarIT {
  /** Where a first start has nothing to do but once, for tests to which that is the same. */
  @TempDir static Path shared;

  @TempDir Path folder;

  private Path data() throws IOException {
    return dataIn(folder);
  }

  private static Path used() throws IOException {
    return dataIn(shared);
  }

  private static Path dataIn(Path folder) throws IOException {
    // The database may run as another user, who has to get there.
    Files.setPosixFilePermissions(
        folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("data");
  }

  @Test
  void acknowledgedMessagesSurviveKillNine() throws IOException {
    int port = Ports.free();
    long started = System.nanoTime();
    try (JarProcess first = JarProcess.start(data(), port, "--limits", "off")) {
      System.out.println("first start: " + first.awaitReady(started) + " ms to /ready");
      Person ann = Person.register(first.url(), "ann");
      assertEquals("admin", ann.get("/auth/me").body().getJsonObject("user").getString("role"));
      Person bob = Person.register(first.url(), "bob");
      assertEquals("user", bob.get("/auth/me").body().getJsonObject("user").getString("role"));
      String room = ann.room("direct", bob);

      BusSocket socket = ann.socket();
      socket.registerRoom(room);
      Map<Long, String> acknowledged = new HashMap<>();
      Map<String, String> unknown = new HashMap<>();
      List<Future<JsonObject>> sends = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        String clientId = UUID.randomUUID().toString();
        String text = "message " + i;
        unknown.put(clientId, text);
        sends.add(
            socket
                .ask(
                    room,
                    new JsonObject()
                        .put("type", "message")
                        .put("clientId", clientId)
                        .put("text", text))
                .onSuccess(
                    answer -> {
                      synchronized (acknowledged) {
                        acknowledged.put(answer.getJsonObject("body").getLong("seq"), text);
                        unknown.remove(clientId);
                      }
                    }));
        if (i >= 200 && i < 1_800) {
          // At most 200 under way, until the last 200 are left unanswered.
          Await.get(sends.get(i - 200));
        }
      }
      first.kill();

      long again = System.nanoTime();
      try (JarProcess second = JarProcess.start(data(), port, "--limits", "off")) {
        System.out.println("after kill -9: " + second.awaitReady(again) + " ms to /ready");
        synchronized (acknowledged) {
          assertTrue(acknowledged.size() > 500, acknowledged.size() + " acknowledged");
          Map<Long, String> stored = texts(bob, room);
          acknowledged.forEach((seq, text) -> assertEquals(text, stored.get(seq)));
          retry(ann, room, unknown);
        }
        Await.until(
            "what was acknowledged is found", () -> found(bob, "message from:ann") == MOST_FOUND);
        Map<Long, String> all = texts(bob, room);
        assertEquals(2_000, all.size());
        assertEquals(2_000, all.values().stream().distinct().count());
        assertEquals(2_000, all.keySet().stream().mapToLong(Long::longValue).max().orElse(0));

        assertEquals(0, second.terminate());
        assertFalse(
            Files.exists(data().resolve("pg18/data/postmaster.pid")), "PostgreSQL was stopped too");
      }
      long third = System.nanoTime();
      try (JarProcess again3 = JarProcess.start(data(), port)) {
        System.out.println("later start: " + again3.awaitReady(third) + " ms to /ready");
        assertEquals(2_000, texts(bob, room).size());
        again3.terminate();
      }
    }
  }

  private static final int MOST_FOUND = 200;

  private static int found(Person who, String q) {
    return who.get("/chat/search?limit=" + MOST_FOUND + "&q=" + q.replace(" ", "%20"))
        .body()
        .getJsonArray("items")
        .size();
  }

  /** What had no answer is sent again with the same clientId: stored before or now, but once. */
  private static void retry(Person ann, String room, Map<String, String> unknown) {
    unknown.forEach(
        (clientId, text) -> {
          JsonObject wish = new JsonObject().put("clientId", clientId).put("text", text);
          assertEquals(201, ann.post("/chat/rooms/" + room + "/messages", wish).status());
        });
  }

  private static Map<Long, String> texts(Person reader, String room) {
    Map<Long, String> texts = new HashMap<>();
    Long before = null;
    do {
      JsonObject page =
          reader
              .get(
                  "/chat/rooms/"
                      + room
                      + "/messages?limit=200"
                      + (before == null ? "" : "&before=" + before))
              .body();
      JsonArray items = page.getJsonArray("items");
      for (int i = 0; i < items.size(); i++) {
        texts.put(items.getJsonObject(i).getLong("seq"), items.getJsonObject(i).getString("text"));
      }
      before = page.getLong("next");
    } while (before != null);
    return texts;
  }

  @Test
  void databaseKilledUnderTrafficLosesNothing() throws IOException {
    int port = Ports.free();
    try (JarProcess server = JarProcess.start(used(), port, "--limits", "off")) {
      server.awaitReady(System.nanoTime());
      Person ann = Person.register(server.url(), "traffic.ann");
      String room = ann.room("group");
      BusSocket socket = ann.socket();
      socket.registerRoom(room);
      for (int i = 0; i < 600; i++) {
        if (i % 200 == 100) {
          killDatabase();
        }
        JsonObject message =
            new JsonObject()
                .put("type", "message")
                .put("clientId", UUID.randomUUID().toString())
                .put("text", "message " + i);
        JsonObject answer = Await.get(socket.ask(room, message));
        while ("err".equals(answer.getString("type"))) {
          assertEquals(503, answer.getInteger("failureCode"), answer::encode);
          answer = Await.get(socket.ask(room, message));
        }
        assertEquals(i + 1, answer.getJsonObject("body").getLong("seq"));
      }
      Await.until("heard all, once, in order", () -> socket.heard(room, "message").size() == 600);
      for (int i = 0; i < 600; i++) {
        assertEquals(
            i + 1, socket.heard(room, "message").get(i).getJsonObject("message").getLong("seq"));
      }
      assertEquals(600, texts(ann, room).size());
    }
  }

  private void killDatabase() throws IOException {
    String pid = Files.readAllLines(used().resolve("pg18/data/postmaster.pid")).get(0).strip();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  @Test
  void stoppingTellsTheSockets() throws IOException {
    int port = Ports.free();
    try (JarProcess server = JarProcess.start(used(), port)) {
      server.awaitReady(System.nanoTime());
      Person ann = Person.register(server.url(), "stopped.ann");
      BusSocket socket = ann.socket();
      String room = ann.room("group");
      socket.registerRoom(room);
      Future<JsonObject> last = socket.say(room, "last words");
      assertEquals("rec", Await.get(last).getString("type"));
      long stopped = System.nanoTime();
      assertEquals(0, server.terminate());
      System.out.println("stop: " + (System.nanoTime() - stopped) / 1_000_000 + " ms");
      assertEquals(1001, socket.closeCode());
    }
  }

  @Test
  void secondServerOnTheSameFolderIsRefusedInWords() throws IOException {
    int port = Ports.free();
    try (JarProcess server = JarProcess.start(used(), port)) {
      server.awaitReady(System.nanoTime());
      try (JarProcess second = JarProcess.start(used(), Ports.free())) {
        assertEquals(1, second.awaitExit());
        String words = String.join("\n", second.output());
        assertTrue(words.contains("" + server.pid()), words);
        assertFalse(words.contains("\tat "), words);
      }
      Person ann = Person.register(server.url(), "second.ann");
      assertEquals(200, ann.get("/auth/me").status());
    }
  }

  @Test
  void portThatIsTakenIsSaidInWords() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
        JarProcess server = JarProcess.start(used(), taken.getLocalPort())) {
      assertEquals(1, server.awaitExit());
      String words = String.join("\n", server.output());
      assertTrue(words.contains("" + taken.getLocalPort()), words);
      assertFalse(words.contains("\tat "), words);
    }
  }

  @Test
  void wrongSettingsAndHelpNeedNoServer() throws IOException {
    for (String[] wrong :
        new String[][] {{"--prot", "1"}, {"--registration", "maybe"}, {"--secret", "short"}}) {
      try (JarProcess server = JarProcess.start(data(), Ports.free(), wrong)) {
        assertEquals(2, server.awaitExit(), String.join("\n", server.output()));
        assertEquals(1, server.output().size(), String.join("\n", server.output()));
        assertTrue(server.output().get(0).contains(wrong[0]), server.output().get(0));
      }
    }
    try (JarProcess help = JarProcess.start(data(), Ports.free(), "--help")) {
      assertEquals(0, help.awaitExit());
      assertTrue(String.join("\n", help.output()).contains("--database-url"));
    }
    assertFalse(Files.exists(data()));
  }
}
