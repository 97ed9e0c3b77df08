package chat.parley.media;

import chat.parley.bus.Reach;
import chat.parley.model.Media.Place;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bytes of files where the server keeps them, for whoever carries them away or brings them
 * back, beside a server that runs or without one. Blocks.
 */
public final class StoredFiles implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int THREADS = 1;

  /** The bytes of one, and how many they are. */
  public record Found(long size, InputStream bytes) {}

  private final MediaStore store;
  private final Incoming incoming;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StoredFiles(MediaStore store, Incoming incoming) {
    this.store = store;
    this.incoming = incoming;
  }

  /** Only to be read: makes no folder. */
  public static StoredFiles toRead(Vertx vertx, MediaOptions options) {
    return new StoredFiles(store(vertx, options), null);
  }

  /** To be read and filled. */
  public static StoredFiles toFill(Vertx vertx, MediaOptions options) throws IOException {
    return new StoredFiles(
        store(vertx, options), Incoming.open(options.folder().resolve("incoming")));
  }

  private static MediaStore store(Vertx vertx, MediaOptions options) {
    return options.store() == null
        ? new DiskStore(
            options.folder(), vertx.createSharedWorkerExecutor("parley-stored-files", THREADS))
        : new S3Store(vertx, options.store());
  }

  /** Empty when it is not there; to be closed by whoever asked. */
  public Optional<Found> read(String hash) throws IOException {
    Place place = store.place(hash);
    return place instanceof Place.Disk disk
        ? onDisk(Path.of(disk.file()))
        : elsewhere((Place.Elsewhere) place);
  }

  private static Optional<Found> onDisk(Path file) throws IOException {
    try {
      return Optional.of(new Found(Files.size(file), Files.newInputStream(file)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private Optional<Found> elsewhere(Place.Elsewhere place) throws IOException {
    URI url = URI.create(place.url());
    if (!place.anywhere()) {
      Reach.publicAddress(url.getHost());
    }
    try {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
      long size = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (answer.statusCode() == 200 && size >= 0) {
        return Optional.of(new Found(size, answer.body()));
      }
      answer.body().close();
      if (answer.statusCode() == 404) {
        return Optional.empty();
      }
      throw new IOException("The store of files answered " + answer.statusCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  /** Where a file may be written that is then kept. */
  public Path next() {
    return incoming.next();
  }

  /** Keeps a file that has been written there, and is on the disk. */
  public void keep(Path file, String hash, long size) throws IOException {
    await(store.keep(file, hash, size));
  }

  /** Takes away what was kept. */
  public void erase(String hash) throws IOException {
    await(store.erase(hash));
  }

  private static void await(Future<Void> done) throws IOException {
    try {
      done.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The store of files does not take or give up a file", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (incoming != null) {
      incoming.close();
    }
  }
}
