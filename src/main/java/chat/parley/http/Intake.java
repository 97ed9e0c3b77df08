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
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way in: from the request to the disk, as fast as the disk takes it, hashed on the
 * way. Memory is a few buffers whatever its size. Where the bytes go is asked for first, so a
 * stranger or somebody without room has nothing kept; and whatever ends it, nothing is left behind.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final String PART = "file";

  /** Beside the file's own bytes: boundaries, names, the word whether it was spoken. */
  private static final int AROUND = 16 * 1024;

  private final Bus bus;
  private final Vertx vertx;
  private final Call call;
  private final HttpServerRequest request;
  private final MessageDigest sha = sha256();
  private final Promise<Void> arrived = Promise.promise();
  private Media.Incoming incoming;
  private AsyncFile file;
  private String name;
  private long size;
  private boolean paused;
  private boolean whole;
  private boolean over;
  private boolean ended;

  Intake(Bus bus, Call call) {
    this.bus = bus;
    this.vertx = bus.vertx();
    this.call = call;
    this.request = call.request();
  }

  /** The request must be paused, with nothing of its body read. */
  Future<Attachment> take() {
    requireForm();
    long declared = declaredLength();
    // Broken off before the first byte was wanted.
    request.exceptionHandler(broken -> fail(brokenOff()));
    return bus.ask(
            Addresses.MEDIA_ADMIT, new Media.Admit(call.me(), Math.max(0, declared - AROUND)))
        .compose(
            admitted -> {
              incoming = admitted;
              return vertx
                  .fileSystem()
                  .open(
                      admitted.file(),
                      new OpenOptions()
                          .setRead(false)
                          .setTruncateExisting(true)
                          .setPerms("rw-------"));
            })
        .recover(Intake::onDisk)
        .compose(
            opened -> {
              file = opened;
              return read().transform(done -> closed(done.cause()));
            })
        .compose(whole -> bus.ask(Addresses.MEDIA_KEEP, received()))
        .onFailure(refused -> forget());
  }

  private void requireForm() {
    String type = request.getHeader(HttpHeaderNames.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw Problem.UNSUPPORTED_TYPE.because("Send multipart/form-data with a part named file");
    }
    if (request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      throw Problem.UNSUPPORTED_TYPE.because("Send it as it is, without Content-Encoding");
    }
    if (!type.toLowerCase(Locale.ROOT).matches(".*;\\s*boundary=.+")) {
      throw Problem.MALFORMED.because("The content type names no boundary");
    }
  }

  private long declaredLength() {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private Future<Void> read() {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.response().writeContinue();
    }
    try {
      request.setExpectMultipart(true);
    } catch (RuntimeException noForm) {
      throw Problem.MALFORMED.because("The body is no multipart/form-data");
    }
    file.exceptionHandler(full -> fail(diskFailure(full)));
    request
        .uploadHandler(this::part)
        .exceptionHandler(broken -> fail(brokenOff()))
        .endHandler(end -> end())
        .resume();
    return arrived.future();
  }

  private void part(HttpServerFileUpload part) {
    if (name != null || !PART.equals(part.name())) {
      fail(Problem.INVALID.at("/" + FileNames.shown(part.name()), "send one part named file"));
    } else {
      name = FileNames.clean(part.filename());
      part.exceptionHandler(broken -> fail(brokenOff()));
      part.handler(chunk -> add(part, chunk));
      part.endHandler(end -> whole = true);
      return;
    }
    part.handler(dropped -> {});
  }

  private void add(HttpServerFileUpload part, Buffer chunk) {
    size += chunk.length();
    if (ended) {
      return;
    }
    if (size > incoming.most()) {
      fail(Problem.TOO_LARGE.at("/file", "may have " + incoming.most() + " bytes at most"));
      return;
    }
    sha.update(chunk.getBytes());
    file.write(chunk).onFailure(full -> fail(diskFailure(full)));
    if (file.writeQueueFull()) {
      part.pause();
      paused = true;
      file.drainHandler(drained -> goOn(part));
    }
  }

  /** The request may have ended while the disk was busy. */
  private void goOn(HttpServerFileUpload part) {
    paused = false;
    part.resume();
    if (over && !paused) {
      finish();
    }
  }

  private void end() {
    over = true;
    if (!paused) {
      finish();
    }
  }

  private void finish() {
    if (name != null && !whole) {
      fail(brokenOff());
    } else if (name == null) {
      fail(Problem.INVALID.at("/file", "This part is missing"));
    } else if (voice() == null) {
      fail(Problem.INVALID.at("/voice", "must be true or false"));
    } else if (!ended) {
      // Sure that it is on the disk before anything says so.
      file.flush()
          .onComplete(done -> settle(done.cause() == null ? null : diskFailure(done.cause())));
    }
  }

  private Boolean voice() {
    String said = request.getFormAttribute("voice");
    String word = said == null ? call.text("voice") : said;
    return word == null || word.equals("false")
        ? Boolean.FALSE
        : word.equals("true") ? Boolean.TRUE : null;
  }

  private void fail(Failure why) {
    settle(why);
  }

  private void settle(Failure why) {
    ended = true;
    if (why == null) {
      arrived.tryComplete();
    } else {
      arrived.tryFail(why);
    }
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
    String hash = HexFormat.of().formatHex(sha.digest());
    return new Media.Received(call.actor(), incoming.file(), hash, size, name, voice());
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

  private static Failure brokenOff() {
    return Problem.MALFORMED.because("The body broke off or is no multipart/form-data");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
