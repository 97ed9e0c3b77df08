package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.parley.testing.RawHttp.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DoorExtension.class)
class SiteFilesTest {
  private static final String FILE = "/vendor/preact.js";

  private final Door door;

  SiteFilesTest(Door door) {
    this.door = door;
  }

  @Test
  void fileIsServedAsItIs() throws IOException {
    Reply reply = door.send("GET", FILE, "");
    assertArrayEquals(Files.readAllBytes(Path.of("webroot" + FILE)), reply.body());
    assertEquals("text/javascript; charset=utf-8", reply.header("content-type"));
    assertEquals("no-cache", reply.header("cache-control"));
  }

  @Test
  void unchangedFileIsNotSentAgain() {
    String tag = door.send("GET", FILE, "").header("etag");
    Reply again = door.send("GET", FILE, "", "If-None-Match: " + tag);
    assertEquals(304, again.status());
    assertEquals(0, again.body().length);
    assertEquals(200, door.send("GET", FILE, "", "If-None-Match: \"older\"").status());
  }

  @Test
  void textIsZippedForThoseWhoCanRead() throws IOException {
    Reply plain = door.send("GET", FILE, "");
    Reply zipped = door.send("GET", FILE, "", "Accept-Encoding: gzip, br");
    assertEquals("gzip", zipped.header("content-encoding"));
    assertNotEquals(plain.header("etag"), zipped.header("etag"));
    assertArrayEquals(
        plain.body(), new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes());
  }

  @Test
  void headTellsWithoutSending() {
    Reply reply = door.send("HEAD", FILE, "");
    assertEquals(200, reply.status());
    assertEquals(
        door.send("GET", FILE, "").header("content-length"), reply.header("content-length"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/vendor",
        "/vendor/",
        "/vendor/.hidden",
        "/.git/config",
        "/../pom.xml",
        "/%2e%2e/pom.xml",
        "/vendor/..%2f..%2fopenapi.yaml",
        "/vendor/%2e%2e/%2e%2e/logback.xml",
        "//etc/passwd",
        "/chat/parley/Main.class",
        "/logback.xml"
      })
  void nothingElseIsFound(String path) {
    assertEquals(404, door.send("GET", path, "").status());
  }
}
