package chat.parley.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.Config;
import chat.parley.Parley;
import chat.parley.Setting;
import chat.parley.persistence.Migrations;
import chat.parley.persistence.Programs;
import chat.parley.persistence.Restore;
import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.Replica;
import chat.parley.testing.SentFiles;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An export of a server that is being used, brought into an empty one (F26, I17, I20). */
class BackupIT {
  /** What clients being ahead changes, and the note of the import. */
  private static final Set<String> CHANGED = Set.of("room_heads", "user_heads", "audit_log");

  private static final Map<String, Parley> running = new HashMap<>();
  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("parley-backup-");
    // The database may run as another user, who has to get there.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterAll
  static void stopAll() throws IOException {
    List.copyOf(running.keySet()).forEach(BackupIT::stop);
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
    }
  }

  private static Path data(String name) throws IOException {
    Path data = folder.resolve(name);
    if (Files.notExists(data)) {
      Programs.into(Files.createDirectory(data));
    }
    return data;
  }

  private static String start(String name) throws IOException {
    Parley parley =
        Await.get(
            Parley.start(
                Config.of(
                    Map.of(
                        Setting.DATA,
                        data(name).toString(),
                        Setting.PORT,
                        "0",
                        Setting.LIMITS,
                        "off",
                        Setting.BACKUP_DIR,
                        name.equals("b") ? folder.resolve("backups").toString() : ""))));
    running.put(name, parley);
    return "http://127.0.0.1:" + parley.port();
  }

  private static void stop(String name) {
    Await.get(running.remove(name).close());
  }

  private static Terminal.Said say(String... words) {
    return new Terminal(folder, Map.of()).say(words);
  }

  private static String done(String... words) {
    Terminal.Said said = say(words);
    assertEquals(0, said.code(), said.err());
    return said.out();
  }

  private static String refused(String... words) {
    Terminal.Said said = say(words);
    assertEquals(1, said.code(), said.out());
    assertFalse(said.err().contains("\tat "), said.err());
    return said.err();
  }

  private static Manifest manifest(Path export) throws Exception {
    return ArchiveCheck.of(new ArchiveReader(export)).manifest();
  }

  private static Path media(String data, String hash) throws IOException {
    return data(data).resolve("media").resolve(hash.substring(0, 2)).resolve(hash.substring(2));
  }

  private static String hash(byte[] bytes) {
    Sha256 sha = new Sha256();
    sha.add(bytes, bytes.length);
    return sha.end();
  }

  /** Says one thing after the other until it is closed. */
  private static final class Talk implements AutoCloseable {
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    Talk(Person who, String room) {
      thread =
          new Thread(
              () -> {
                for (int i = 0; !over; i++) {
                  who.say(room, "said " + i);
                  acknowledged.add("said " + i);
                }
              });
      thread.start();
    }

    void await(int count) {
      Await.until(count + " messages", () -> acknowledged.size() >= count);
    }

    @Override
    public void close() {
      over = true;
      Await.until("silence", () -> !thread.isAlive());
    }
  }

  @Test
  void f26_i17_i20_exportUnderTrafficIsRestoredAndClientsAheadOfItBeginAnew() throws Exception {
    String a = start("a");
    Person ann = Person.register(a, "ann");
    Person bob = Person.registerWithEmail(a, "bob", "bob@example.org");
    String room = ann.room("group", bob);
    byte[] bytes = SentFiles.random(300_000);
    String file = SentFiles.send(ann, "a.bin", bytes).getString("id");
    byte[] lost = SentFiles.random(2_000);
    byte[] broken = SentFiles.random(3_000);
    String gone = id(ann, lost);
    SentFiles.say(ann, room, "files", file, gone, id(ann, broken));
    String picture = SentFiles.send(ann, "p.png", Pictures.halves("png", 900, 600)).getString("id");
    SentFiles.say(ann, room, "a picture with an odd text: \\N \t \\. \u001f é 💬 \\", picture);
    Files.delete(media("a", hash(lost)));
    Files.write(media("a", hash(broken)), new byte[3_000]);
    Replica ahead = new Replica(bob, room, bob.socket());

    Path export = folder.resolve("a.tar.gz");
    List<String> before;
    String said;
    try (Talk talk = new Talk(ann, room)) {
      talk.await(30);
      before = List.copyOf(talk.acknowledged);
      said = done("export", export.toString(), "--data", data("a").toString(), "--with-secret");
      talk.await(talk.acknowledged.size() + 20);
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(export)));
    assertTrue(said.contains("missing: the bytes of a file, " + hash(lost)), said);
    assertTrue(said.contains("damaged: the bytes of a file, " + hash(broken)), said);
    // Later than the export: a room that will not have been, and what clients hold of it.
    String later = ann.room("group", bob);
    ann.say(later, "never said");
    Await.until(
        "bob has heard all",
        () -> ahead.settle() && ahead.state().equals(Replica.truth(bob, room)));
    List<String> all = ann.history(room);
    long userVersion = bob.get("/chat/rooms").body().getLong("version");
    stop("a");

    said = done("import", export.toString(), "--data", data("b").toString());
    assertTrue(said.contains(hash(lost)) && said.contains(hash(broken)), said);
    sameRows(export, "b");
    assertTrue(
        done("audit", "verify", "--data", data("b").toString()).contains("as it was written"));
    assertFalse(Files.exists(media("b", hash(broken))), "nobody gets wrong bytes");

    String b = start("b");
    // Access tokens count on, and so do passwords.
    Person annThere = ann.at(b);
    Person bobThere = Person.signedIn(b, "bob", bob.password());
    List<String> restored = annThere.history(room);
    assertEquals(all.subList(0, restored.size()), restored);
    assertTrue(restored.containsAll(before), "what was acknowledged before the export is in it");
    assertTrue(restored.size() < all.size(), "what came after it is not");
    assertArrayEquals(bytes, bobThere.bytes("GET", "/media/" + file, null).body());
    String small = "/media/" + picture + "/thumbnail";
    assertEquals(480, Pictures.read(bobThere.bytes("GET", small, null).body()).getWidth());
    assertEquals(404, bobThere.get("/chat/rooms/" + later).status());
    assertEquals(
        503, annThere.bytes("GET", "/media/" + gone, null).status(), "no bytes are made up");

    // The same numbers are given again, beyond all that bob has seen: they mean something else now.
    for (int i = restored.size(); i < all.size() + 5; i++) {
      annThere.say(room, "said anew " + i);
    }
    JsonObject list = bobThere.get("/chat/rooms?since=" + userVersion).body();
    assertTrue(list.getLong("version") - userVersion > 1_000, list::encode);
    ahead.listen(bobThere.socket(), bobThere);
    String truth = Replica.truth(bobThere, room);
    Await.until("bob begins anew", () -> ahead.settle() && ahead.state().equals(truth));
    assertFalse(truth.contains('"' + all.get(all.size() - 1) + '"'), "what was lost is forgotten");

    Await.until(
        "the search index is made anew",
        () -> bobThere.get("/chat/search?q=odd").body().getJsonArray("items").size() == 1);
    Await.until("a backup by itself", () -> backups().size() == 1);
    assertEquals(rows(manifest(export), "users"), rows(manifest(backups().get(0)), "users"));
    String words = refused("import", export.toString(), "--data", data("b").toString());
    assertTrue(words.contains("A server runs on the data folder"), words);
    stop("b");
    words = refused("import", export.toString(), "--data", data("b").toString());
    assertTrue(words.contains("is not empty"), words);
    assertTrue(words.contains("Nothing was changed"), words);
  }

  private static List<Path> backups() {
    try (Stream<Path> all = Files.list(folder.resolve("backups"))) {
      return all.filter(each -> each.toString().endsWith(".tar.gz")).toList();
    } catch (IOException notYet) {
      return List.of();
    }
  }

  private static String id(Person who, byte[] bytes) {
    return SentFiles.send(who, "b.bin", bytes).getString("id");
  }

  /** What is exported again is the same, byte for byte, but for what an import says it changes. */
  private static void sameRows(Path export, String name) throws Exception {
    Path again = folder.resolve(name + "-again.tar.gz");
    done("export", again.toString(), "--data", data(name).toString());
    Manifest was = manifest(export);
    Manifest is = manifest(again);
    assertEquals(shas(was), shas(is));
    assertEquals(was.files() - 1, is.files(), "the damaged one is left out");
    assertEquals(
        List.of(was.missing(), was.damaged()).stream()
            .flatMap(List::stream)
            .collect(Collectors.toSet()),
        Set.copyOf(is.missing()));
    assertEquals(rows(was, "audit_log") + 2, rows(is, "audit_log"), "the import, and this export");
    assertEquals(rows(was, "room_heads"), rows(is, "room_heads"));
    assertNull(is.secret());
  }

  private static Map<String, String> shas(Manifest manifest) {
    return manifest.tables().stream()
        .filter(table -> !CHANGED.contains(table.name()))
        .collect(Collectors.toMap(Manifest.Table::name, Manifest.Table::sha256));
  }

  private static long rows(Manifest manifest, String name) {
    return manifest.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  @Test
  void exportThatIsNotWholeChangesNothing() throws Exception {
    Path data = data("c");
    Path export = folder.resolve("c.tar.gz");
    done("migrate", "--data", data.toString());
    done("export", export.toString(), "--data", data.toString());
    assertTrue(refused("export", export.toString(), "--data", data.toString()).contains("already"));
    byte[] whole = Files.readAllBytes(export);

    List<byte[]> wrong = new ArrayList<>();
    wrong.add(new byte[0]);
    wrong.add("no archive".getBytes());
    wrong.add(java.util.Arrays.copyOf(whole, whole.length / 2));
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    wrong.add(flipped);
    Path empty = folder.resolve("d");
    for (byte[] each : wrong) {
      Path bad = Files.write(folder.resolve("bad.tar.gz"), each);
      String words = refused("import", bad.toString(), "--data", empty.toString());
      assertTrue(words.contains("export"), words);
      assertFalse(Files.exists(empty), "nothing was made");
    }
  }

  @Test
  void everyByteIsHeldAgainstTheManifest() throws Exception {
    String nothing = Sha256.of("");
    String rows = HexFormat.of().formatHex("x".getBytes());
    for (Manifest wrong :
        List.of(
            manifest(99, List.of(table(nothing)), 0, null),
            manifest(1, List.of(table(Sha256.of(rows))), 0, null),
            manifest(1, List.of(table(nothing)), 1, null),
            manifest(1, List.of(table(nothing)), 0, Sha256.of("another")))) {
      Path file = folder.resolve("wrong.tar.gz");
      Files.deleteIfExists(file);
      try (ArchiveWriter archive = new ArchiveWriter(file, java.time.Instant.EPOCH)) {
        archive.add(Manifest.NAME, wrong.encode());
        archive.finish();
      }
      String words = refused("import", file.toString(), "--data", folder.resolve("e").toString());
      assertTrue(words.contains("format") || words.contains("damaged"), words);
    }
    assertTrue(Restore.LEAP > 1_000);
  }

  @Test
  void importThatBreaksOffLeavesTheServerAsItWas() throws Exception {
    Path data = data("f");
    byte[] bytes = SentFiles.random(1_000);
    String hash = hash(bytes);
    int schema = Migrations.newest();
    // Fits its manifest, and not this schema: found out behind the file.
    Manifest unfit =
        new Manifest(
            1, "", schema, "", List.of(), Map.of("nothing.id", 1L), 1, List.of(), List.of(), null);
    Path file = folder.resolve("unfit.tar.gz");
    try (ArchiveWriter archive = new ArchiveWriter(file, java.time.Instant.EPOCH)) {
      String name = "media/" + hash.substring(0, 2) + "/" + hash.substring(2);
      assertEquals(hash, archive.add(name, bytes.length, new ByteArrayInputStream(bytes)));
      archive.add(Manifest.NAME, unfit.encode());
      archive.finish();
    }
    String words = refused("import", file.toString(), "--data", data.toString());
    assertTrue(words.contains("nothing"), words);
    assertFalse(Files.exists(media("f", hash)), "no file without a row");
    Path export = folder.resolve("empty.tar.gz");
    done("export", export.toString(), "--data", data.toString());
    assertEquals(0, manifest(export).files());
    done("import", export.toString(), "--data", data.toString());
  }

  private static Manifest.Table table(String sha256) {
    return new Manifest.Table("users", List.of("id"), 0, sha256);
  }

  private static Manifest manifest(
      int format, List<Manifest.Table> tables, long files, String secret) {
    return new Manifest(format, "", 1, "", tables, Map.of(), files, List.of(), List.of(), secret);
  }
}
