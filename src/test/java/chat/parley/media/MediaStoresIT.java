package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.S3Server;
import chat.parley.testing.SentFiles;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where files are kept: in another store, left to a server before this one, on a disk that is full.
 */
class MediaStoresIT {
  private static final TestServer server = new TestServer();
  private static S3Server store;
  private static Person ann;

  @BeforeAll
  static void start() {
    store = new S3Server();
    server.beforeEach(null);
    ann = server.person("ann");
  }

  @AfterAll
  static void stop() {
    server.afterEach(null);
    store.close();
  }

  /** Starts anew with other options, on the same database. */
  private static void again(java.util.function.UnaryOperator<MediaOptions> differently) {
    server.stop();
    server.withMedia(differently).start();
  }

  private static Person.Bytes fetch(String id, String... headers) {
    return ann.bytes("GET", "/media/" + id, null, headers);
  }

  private static MediaOptions s3(MediaOptions options, String secret) {
    return s3(options, secret, true);
  }

  private static MediaOptions s3(MediaOptions options, String secret, boolean anywhere) {
    return options.with(
        new MediaOptions.S3(
            URI.create(store.url()), S3Server.REGION, "files", S3Server.KEY, secret, anywhere));
  }

  @Test
  void storeThatSpeaksS3KeepsGivesAndErases() {
    again(options -> s3(options, S3Server.SECRET));
    byte[] bytes = SentFiles.random(200_000);
    String id = SentFiles.send(ann, "a.bin", bytes).getString("id");
    JsonObject picture = SentFiles.send(ann, "a.png", Pictures.halves("png", 900, 600));
    assertEquals(3, store.objects().size(), "two files and a small picture");
    assertArrayEquals(bytes, fetch(id).body());
    Person.Bytes part = fetch(id, "Range", "bytes=1000-1999");
    assertEquals(206, part.status());
    assertArrayEquals(Arrays.copyOfRange(bytes, 1000, 2000), part.body());
    String small = "/media/" + picture.getString("id") + "/thumbnail";
    assertEquals(480, Pictures.read(ann.bytes("GET", small, null).body()).getWidth());

    assertEquals(204, ann.delete("/media/" + id).status());
    server.sql("update media_blobs set unused_since = now() - interval '25 hours'");
    Await.until("its bytes are gone", () -> store.objects().size() == 2);

    int before = store.asked();
    again(options -> s3(options, S3Server.SECRET, false));
    assertEquals(503, SentFiles.upload(ann, "b.bin", bytes).status());
    assertEquals(503, fetch(picture.getString("id")).status());
    assertEquals(before, store.asked(), "a private address that nobody allowed");

    again(options -> s3(options, "wrong"));
    assertEquals(503, SentFiles.upload(ann, "b.bin", bytes).status());
    assertEquals(503, fetch(picture.getString("id")).status());
    assertEquals(2, store.objects().size());
  }

  @Test
  void serverBeforeThisOneIsToldWhereTheFileIs() {
    server.hung(options -> options.withMediaAccel("/files/"));
    again(options -> options);
    server.hung(options -> options);
    String id = SentFiles.send(ann, "a.bin", SentFiles.random(1_000)).getString("id");
    Person.Bytes told = fetch(id);
    assertEquals(0, told.body().length);
    String path = told.header("x-accel-redirect");
    assertTrue(path.matches("/files/[0-9a-f]{2}/[0-9a-f]{62}"), path);
    assertTrue(Files.exists(server.mediaFolder().resolve(path.substring("/files/".length()))));
    assertEquals("application/octet-stream", told.header("content-type"));
  }

  @Test
  void fullDiskIsSaidAndNothingIsLeft() throws Exception {
    Path small = Files.createTempDirectory("parley-full");
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
        "needs root, to mount a small disk");
    try {
      again(options -> new MediaOptions(small, options.most(), options.quota(), null));
      String kept = SentFiles.send(ann, "a.bin", SentFiles.random(300_000)).getString("id");
      Person.Bytes full = SentFiles.upload(ann, "full.bin", SentFiles.random(2_000_000));
      assertEquals(507, full.status());
      assertTrue(full.json().getString("type").endsWith("/storage-full"));
      Await.until("one file is there", () -> files(small).size() == 1);
      assertEquals("0", server.query("select count(*) from media where name = 'full.bin'"));
      assertEquals(200, fetch(kept).status());
      String room = ann.room("group");
      ann.say(room, "chat goes on");
      SentFiles.send(ann, "c.bin", SentFiles.random(100_000));
    } finally {
      server.stop();
      run("umount", small.toString());
      Files.deleteIfExists(small);
      server.withMedia(options -> options).start();
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(each -> !each.endsWith("lock")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean run(String... words) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
