package chat.parley.media;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Attachment;
import chat.parley.model.Ids;
import chat.parley.model.Media;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What becomes of files that have come in: looked at, made small when they are pictures, stored.
 * The database expects their bytes before they are stored and knows of the file only afterwards, so
 * that whatever dies in between leaves nothing that nobody collects.
 */
final class Uploads {
  private static final int MOST_WAITING = 64;

  /** Larger pictures are files like others: this much is in memory to look at one. */
  private static final long LARGEST_PICTURE = 16 << 20;

  private final Bus bus;
  private final MediaOptions options;
  private final Incoming incoming;
  private final MediaStore store;
  private final WorkerExecutor pictures;
  private final MediaMeters meters;
  private int waiting;

  /**
   * @param pictures decodes one at a time
   */
  Uploads(
      Bus bus,
      MediaOptions options,
      Incoming incoming,
      MediaStore store,
      WorkerExecutor pictures,
      MediaMeters meters) {
    this.bus = bus;
    this.options = options;
    this.incoming = incoming;
    this.store = store;
    this.pictures = pictures;
    this.meters = meters;
  }

  void serve() {
    bus.serve(Addresses.MEDIA_ADMIT, this::admit);
    bus.serve(Addresses.MEDIA_KEEP, this::keep);
    bus.serve(Addresses.MEDIA_OPEN, this::open);
    bus.serve(
        Addresses.MEDIA_ERASE,
        hash -> store.erase(hash).onSuccess(gone -> meters.erased.increment()));
  }

  private Future<Media.Incoming> admit(Media.Admit wish) {
    if (wish.size() > options.most()) {
      throw Problem.TOO_LARGE.at("/file", "may have " + options.most() + " bytes at most");
    }
    return options.quota() == 0
        ? Future.succeededFuture(new Media.Incoming(incoming.next().toString(), options.most()))
        : bus.ask(Addresses.MEDIA_USED, wish.userId())
            .map(
                used -> {
                  long left = options.quota() - used;
                  if (left <= 0 || wish.size() > left) {
                    throw Problem.QUOTA_SPENT.because(
                        "You have " + Math.max(0, left) + " bytes left for files");
                  }
                  return new Media.Incoming(incoming.next().toString(), options.most());
                });
  }

  /** What was seen of a file; {@code small} is where the small picture lies, or null. */
  private record Seen(String type, Thumbnails.Picture picture, Media.Small small, Path smallFile) {}

  private Future<Attachment> keep(Media.Received received) {
    if (waiting >= MOST_WAITING) {
      return Future.failedFuture(Problem.UNAVAILABLE.retryAfter(2, "Too many files are coming in"));
    }
    waiting++;
    return pictures
        .executeBlocking(() -> see(received), false)
        .onComplete(done -> waiting--)
        .compose(seen -> store(received, seen))
        .onFailure(refused -> meters.refused.increment())
        .onSuccess(
            shown -> {
              meters.kept.increment();
              meters.bytes.increment(shown.size());
            });
  }

  private Future<Attachment> store(Media.Received received, Seen seen) {
    List<String> hashes = new ArrayList<>(List.of(received.hash()));
    if (seen.small() != null) {
      hashes.add(seen.small().hash());
    }
    return bus.ask(Addresses.MEDIA_INTEND, new Media.Intend(hashes))
        .compose(
            expected ->
                seen.small() == null
                    ? Future.succeededFuture()
                    : store.keep(seen.smallFile(), seen.small().hash(), seen.small().size()))
        .compose(kept -> store.keep(Path.of(received.file()), received.hash(), received.size()))
        .compose(
            kept ->
                bus.ask(
                    Addresses.MEDIA_ADD,
                    new Media.Add(received.actor(), stored(received, seen), options.quota())))
        .eventually(() -> clear(Path.of(received.file()), seen.smallFile()));
  }

  private static Media.Stored stored(Media.Received received, Seen seen) {
    Thumbnails.Picture picture = seen.picture();
    Attachment shown =
        new Attachment(
            Ids.next(),
            received.name(),
            seen.type(),
            received.size(),
            picture == null ? null : (Integer) picture.width(),
            picture == null ? null : (Integer) picture.height(),
            seen.small() == null ? null : (Boolean) true,
            received.voice() ? (Boolean) true : null);
    return new Media.Stored(shown, received.hash(), seen.small(), Instant.now());
  }

  private Future<Void> clear(Path file, Path small) {
    return pictures.executeBlocking(
        () -> {
          Files.deleteIfExists(file);
          if (small != null) {
            Files.deleteIfExists(small);
          }
          return null;
        },
        false);
  }

  /** Blocks. */
  private Seen see(Media.Received received) throws IOException, NoSuchAlgorithmException {
    byte[] head;
    try (InputStream in = Files.newInputStream(Path.of(received.file()))) {
      head = in.readNBytes(Sniffer.HEAD);
    }
    String type = Sniffer.type(head);
    PictureKind kind = PictureKind.of(head).orElse(null);
    if (kind == null || received.size() > LARGEST_PICTURE) {
      return new Seen(type, null, null, null);
    }
    Thumbnails.Picture picture = Thumbnails.of(Files.readAllBytes(Path.of(received.file())), kind);
    if (picture.small() == null) {
      return new Seen(type, picture, null, null);
    }
    byte[] bytes = picture.small().bytes();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Media.Small small = new Media.Small(hash, picture.small().type(), bytes.length);
    return new Seen(type, picture, small, written(bytes));
  }

  private Path written(byte[] bytes) {
    Path file = incoming.next();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(bytes));
      channel.force(true);
      return file;
    } catch (IOException full) {
      file.toFile().delete();
      throw Problem.STORAGE_FULL.failure();
    }
  }

  private Future<Media.Content> open(Media.Get wish) {
    return bus.ask(Addresses.MEDIA_FIND, wish).map(file -> content(file, wish.small()));
  }

  private Media.Content content(Media.Stored file, boolean small) {
    if (!small) {
      Attachment shown = file.shown();
      return new Media.Content(
          shown.name(), shown.type(), shown.size(), file.hash(), store.place(file.hash()));
    }
    if (file.small() == null) {
      throw Problem.NOT_FOUND.failure();
    }
    Media.Small it = file.small();
    String ending = it.type().equals("image/png") ? ".png" : ".jpg";
    return new Media.Content(
        "thumbnail" + ending, it.type(), it.size(), it.hash(), store.place(it.hash()));
  }
}
