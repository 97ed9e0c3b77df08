package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Attachment;
import chat.parley.model.Media;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way in: from the request to the disk, as fast as the disk takes it, hashed on the
 * way. Memory is a few buffers whatever its size. Where the bytes go is asked for first, so a
 * stranger or somebody without room has nothing kept; and whatever ends it, nothing is left behind.
 */
final class Intake implements Multipart.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final String PART = "file";
  private static final String VOICE = "voice";
  private static final int LONGEST_FLAG = 5;
  private static final int AT_ONCE = 128 * 1024;

  /**
   * So much may be in the kernel alone before the disk is told, lest all of it waits at the end.
   */
  private static final int UNSURE = 4 << 20;

  /** Beside the file's own bytes: boundaries, names, the word whether it was spoken. */
  private static final int AROUND = 16 * 1024;

  private final Bus bus;
  private final Vertx vertx;
  private final Call call;
  private final HttpServerRequest request;
  private final Promise<Void> arrived = Promise.promise();
  private Media.Incoming incoming;
  private Multipart form;
  private IntakeFile file;
  private boolean isFile;
  private String voice = "";
  private String name;
  private long size;
  private boolean ended;

  Intake(Bus bus, Call call) {
    this.bus = bus;
    this.vertx = bus.vertx();
    this.call = call;
    this.request = call.request();
  }

  /** The request must be paused, with nothing of its body read. */
  Future<Attachment> take() {
    form = Multipart.of(request.getHeader(HttpHeaderNames.CONTENT_TYPE), this);
    if (request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      throw Problem.UNSUPPORTED_TYPE.because("Send it as it is, without Content-Encoding");
    }
    // Broken off before the first byte was wanted.
    request.exceptionHandler(broken -> fail(Multipart.malformed()));
    return bus.ask(Addresses.MEDIA_ADMIT, new Media.Admit(call.me(), declared()))
        .compose(admitted -> open(admitted))
        .recover(Intake::onDisk)
        .compose(
            opened -> {
              file = opened;
              return read().transform(done -> closed(done.cause()));
            })
        .compose(whole -> bus.ask(Addresses.MEDIA_KEEP, received()))
        .onFailure(refused -> forget());
  }

  private long declared() {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? 0 : Math.max(0, Long.parseLong(length) - AROUND);
  }

  private Future<IntakeFile> open(Media.Incoming admitted) {
    incoming = admitted;
    return IntakeFile.open(vertx, admitted.file(), full -> fail(diskFailure(full)));
  }

  private Future<Void> read() {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.response().writeContinue();
    }
    request.handler(this::next).endHandler(end -> finish()).resume();
    return arrived.future();
  }

  private void next(Buffer chunk) {
    if (ended) {
      return;
    }
    try {
      form.take(chunk);
    } catch (RuntimeException refused) {
      fail(refused);
    }
    if (!ended && file.isFull()) {
      request.pause();
      file.onDrain(request::resume);
    }
  }

  @Override
  public void begins(String part, String fileName) {
    isFile = PART.equals(part) && name == null;
    boolean isVoice = VOICE.equals(part) && fileName == null && voice.isEmpty();
    if (isFile) {
      name = FileNames.clean(fileName);
    } else if (!isVoice) {
      throw Problem.INVALID.at("/" + FileNames.shown(part), "send one part named file");
    }
  }

  @Override
  public void continues(byte[] bytes, int from, int to) {
    if (!isFile) {
      voice += new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
      requireFlag(voice.length() <= LONGEST_FLAG);
      return;
    }
    size += to - from;
    if (size > incoming.most()) {
      throw Problem.TOO_LARGE.at("/file", "may have " + incoming.most() + " bytes at most");
    }
    file.add(bytes, from, to);
  }

  @Override
  public void ends() {
    requireFlag(isFile || voice.equals("true") || voice.equals("false"));
  }

  private static void requireFlag(boolean good) {
    if (!good) {
      throw Problem.INVALID.at("/voice", "must be true or false");
    }
  }

  private void finish() {
    if (ended) {
      return;
    }
    if (!form.isWhole()) {
      fail(Multipart.malformed());
    } else if (name == null) {
      fail(Problem.INVALID.at("/file", "This part is missing"));
    } else {
      ended = true;
      // Sure that it is on the disk before anything says so.
      file.end().onSuccess(flushed -> arrived.tryComplete());
    }
  }

  private void fail(Throwable why) {
    ended = true;
    arrived.tryFail(why);
    // The rest is read away, so that the answer gets out.
    request.resume();
  }

  /** What did not arrive is not asked about: the cause is the answer. */
  private Future<Void> closed(Throwable cause) {
    ended = true;
    return file.close()
        .transform(
            done ->
                cause != null
                    ? Future.failedFuture(cause)
                    : done.failed() ? Intake.onDisk(done.cause()) : Future.succeededFuture());
  }

  private Media.Received received() {
    boolean spoken = voice.equals("true") || "true".equals(call.text(VOICE));
    return new Media.Received(call.actor(), incoming.file(), file.hash(), size, name, spoken);
  }

  private void forget() {
    if (incoming != null) {
      String path = incoming.file();
      vertx
          .fileSystem()
          .delete(path)
          .onFailure(
              left ->
                  vertx
                      .fileSystem()
                      .exists(path)
                      .onSuccess(
                          there -> {
                            if (there) {
                              LOG.warn("An upload was left behind: {}", left.toString());
                            }
                          }));
    }
  }

  private static <T> Future<T> onDisk(Throwable cause) {
    return Future.failedFuture(cause instanceof Failure ? cause : diskFailure(cause));
  }

  private static Failure diskFailure(Throwable cause) {
    LOG.warn("A file that came in cannot be written: {}", cause.toString());
    return Problem.STORAGE_FULL.failure();
  }
}
