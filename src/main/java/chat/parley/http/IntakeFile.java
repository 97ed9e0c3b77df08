package chat.parley.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file that somebody sends, hashed and written on worker threads in the order in which it
 * comes: while one batch is under way the next gathers, so a busy machine writes in larger ones.
 * Belongs to one event loop; holds {@link #MOST} bytes and what was given beyond them.
 */
final class IntakeFile {
  private static final int AT_ONCE = 128 * 1024;
  private static final int MOST = 512 * 1024;

  /**
   * So much may be in the kernel alone before the disk is told, lest all of it waits at the end.
   */
  private static final int UNSURE = 4 << 20;

  private final Vertx vertx;
  private final FileChannel channel;
  private final Consumer<Throwable> failed;
  private final MessageDigest sha = sha256();
  private final Promise<Void> whole = Promise.promise();
  private List<ByteBuffer> waiting = new ArrayList<>();
  private Future<?> flushing = Future.succeededFuture();
  private Runnable drained;
  private int held;
  private long unsure;
  private boolean busy;
  private boolean ending;
  private boolean givenUp;

  private IntakeFile(Vertx vertx, FileChannel channel, Consumer<Throwable> failed) {
    this.vertx = vertx;
    this.channel = channel;
    this.failed = failed;
  }

  /** One that is not there yet; {@code failed} hears of a disk that takes no more. */
  static Future<IntakeFile> open(Vertx vertx, String path, Consumer<Throwable> failed) {
    return vertx
        .executeBlocking(() -> create(path), false)
        .map(channel -> new IntakeFile(vertx, channel, failed));
  }

  private static FileChannel create(String path) throws IOException {
    return FileChannel.open(
        Path.of(path),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** The bytes are not copied: nobody may change them afterwards. */
  void add(byte[] bytes, int from, int to) {
    waiting.add(ByteBuffer.wrap(bytes, from, to - from));
    held += to - from;
    if (held >= AT_ONCE) {
      work();
    }
  }

  boolean isFull() {
    return held >= MOST;
  }

  /** Once there is room again. */
  void onDrain(Runnable drained) {
    this.drained = drained;
  }

  /** Completes when every byte is on the disk; to be asked for once. */
  Future<Void> end() {
    ending = true;
    work();
    return whole.future();
  }

  /** Of all bytes, in lower case hexadecimal; after the end. */
  String hash() {
    return HexFormat.of().formatHex(sha.digest());
  }

  /** After whatever is under way; what has not been written by then never is. */
  Future<Void> close() {
    givenUp = true;
    ending = true;
    waiting.clear();
    work();
    return whole
        .future()
        .transform(done -> flushing.mapEmpty())
        .transform(
            done ->
                vertx.executeBlocking(
                    () -> {
                      channel.close();
                      return null;
                    },
                    false));
  }

  private void work() {
    if (busy) {
      return;
    }
    if (waiting.isEmpty()) {
      finish();
      return;
    }
    busy = true;
    ByteBuffer[] batch = waiting.toArray(ByteBuffer[]::new);
    waiting = new ArrayList<>();
    unsure += held;
    held = 0;
    vertx
        .executeBlocking(() -> write(batch), false)
        .onComplete(
            done -> {
              busy = false;
              if (done.failed()) {
                whole.tryFail(done.cause());
                failed.accept(done.cause());
              } else {
                goOn();
              }
            });
  }

  private void goOn() {
    if (unsure >= UNSURE && flushing.isComplete()) {
      flush();
    }
    if (ending || held >= AT_ONCE) {
      work();
    }
    if (drained != null && !isFull()) {
      Runnable told = drained;
      drained = null;
      told.run();
    }
  }

  private void flush() {
    unsure = 0;
    flushing =
        vertx.executeBlocking(
            () -> {
              channel.force(false);
              return null;
            },
            false);
    flushing.onFailure(failed::accept);
  }

  private void finish() {
    if (givenUp) {
      whole.tryComplete();
    } else if (ending) {
      flushing
          .compose(
              sure -> {
                flush();
                return flushing;
              })
          .onSuccess(sure -> whole.tryComplete())
          .onFailure(whole::tryFail);
    }
  }

  /** Blocks. */
  private Void write(ByteBuffer[] batch) throws IOException {
    for (ByteBuffer each : batch) {
      sha.update(each.duplicate());
    }
    ByteBuffer last = batch[batch.length - 1];
    while (last.hasRemaining()) {
      channel.write(batch);
    }
    return null;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
