package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.S3Server;
import chat.parley.testing.SentFiles;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export reads and an import fills, on the disk and in a store that speaks S3. */
class StoredFilesTest {
  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.get(vertx.close());
  }

  private static MediaOptions s3(MediaOptions options, S3Server store, String secret) {
    return options.with(
        new MediaOptions.S3(
            URI.create(store.url()), S3Server.REGION, "files", S3Server.KEY, secret, true));
  }

  @Test
  void whatIsKeptIsReadAndErasedOnTheDisk() throws Exception {
    roundTrip(MediaOptions.of(folder));
  }

  @Test
  void whatIsKeptIsReadAndErasedInAStoreThatSpeaksS3() throws Exception {
    try (S3Server store = new S3Server()) {
      roundTrip(s3(MediaOptions.of(folder), store, S3Server.SECRET));
      assertEquals(0, store.objects().size());
      StoredFiles turnedAway =
          StoredFiles.toRead(vertx, s3(MediaOptions.of(folder), store, "wrong"));
      assertThrows(IOException.class, () -> turnedAway.read("0".repeat(64)), "is no absence");
    }
  }

  private void roundTrip(MediaOptions options) throws Exception {
    byte[] bytes = SentFiles.random(100_000);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    try (StoredFiles filled = StoredFiles.toFill(vertx, options);
        StoredFiles read = StoredFiles.toRead(vertx, options)) {
      assertEquals(Optional.empty(), read.read(hash));
      filled.keep(Files.write(filled.next(), bytes), hash, bytes.length);
      StoredFiles.Found found = read.read(hash).orElseThrow();
      assertEquals(bytes.length, found.size());
      try (InputStream in = found.bytes()) {
        assertArrayEquals(bytes, in.readAllBytes());
      }
      filled.erase(hash);
      assertTrue(read.read(hash).isEmpty());
    }
  }
}
