package chat.parley.media;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Attachment;
import chat.parley.model.Ids;
import chat.parley.model.Media;
import chat.parley.model.Previews;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Pictures of pages: of what a stranger's site sent nothing is kept but a small picture, encoded
 * anew. It is nobody's file; a message shows it, or it goes after a day as others do.
 */
final class PreviewPictures {
  private static final Actor NOBODY = new Actor(null, null);

  private final Bus bus;
  private final Incoming incoming;
  private final MediaStore store;
  private final WorkerExecutor pictures;

  /**
   * @param pictures decodes one at a time
   */
  PreviewPictures(Bus bus, Incoming incoming, MediaStore store, WorkerExecutor pictures) {
    this.bus = bus;
    this.incoming = incoming;
    this.store = store;
    this.pictures = pictures;
  }

  void serve() {
    bus.serve(Addresses.PREVIEWS_PICTURE, this::keep);
  }

  private record Small(Path file, Media.Stored stored) {}

  private Future<UUID> keep(Previews.Picture came) {
    return pictures
        .executeBlocking(() -> small(came.bytes()), false)
        .compose(
            small ->
                store(small)
                    .eventually(
                        () -> pictures.executeBlocking(() -> Files.deleteIfExists(small.file()))));
  }

  private Future<UUID> store(Small small) {
    Media.Stored stored = small.stored();
    return bus.ask(Addresses.MEDIA_INTEND, new Media.Intend(List.of(stored.hash())))
        .compose(expected -> store.keep(small.file(), stored.hash(), stored.shown().size()))
        .compose(kept -> bus.ask(Addresses.MEDIA_ADD, new Media.Add(NOBODY, stored, 0)))
        .map(Attachment::id);
  }

  private Small small(byte[] picture) throws IOException, NoSuchAlgorithmException {
    PictureKind kind = PictureKind.of(picture).orElseThrow(Problem.PICTURE_UNREADABLE::failure);
    Shrinking.Encoded small = Thumbnails.of(picture, kind).small();
    if (small == null) {
      throw Problem.PICTURE_UNREADABLE.failure();
    }
    byte[] bytes = small.bytes();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    String name = small.type().equals("image/png") ? "preview.png" : "preview.jpg";
    Attachment shown =
        new Attachment(Ids.next(), name, small.type(), bytes.length, null, null, null, null);
    return new Small(written(bytes), new Media.Stored(shown, hash, null, Instant.now()));
  }

  private Path written(byte[] bytes) throws IOException {
    Path file = incoming.next();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
      return file;
    } catch (IOException full) {
      Files.deleteIfExists(file);
      throw full;
    }
  }
}
