package chat.parley.http;

import chat.parley.bus.Problem;
import chat.parley.bus.Reach;
import chat.parley.model.Media;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Reads files in pieces, for whoever packs them into something else. */
final class FilePieces {
  static final int MOST = 256 * 1024;

  private final Vertx vertx;
  private HttpClient store;

  FilePieces(Vertx vertx) {
    this.vertx = vertx;
  }

  void close() {
    if (store != null) {
      store.close();
    }
  }

  /** {@link #MOST} bytes from there on, or what is left. */
  Future<byte[]> read(Media.Content file, long from) {
    int length = (int) Math.min(MOST, file.size() - from);
    if (file.place() instanceof Media.Place.Disk disk) {
      return vertx.executeBlocking(() -> read(disk.file(), from, length), false);
    }
    Media.Place.Elsewhere there = (Media.Place.Elsewhere) file.place();
    String range = "bytes=" + from + "-" + (from + length - 1);
    store = store == null ? vertx.createHttpClient() : store;
    return new Reach(vertx, there.anywhere())
        .to(new RequestOptions().setAbsoluteURI(there.url()).putHeader("Range", range))
        .compose(store::request)
        .compose(asked -> asked.send())
        .compose(answer -> body(answer, length));
  }

  private static Future<byte[]> body(HttpClientResponse answer, int length) {
    return answer
        .body()
        .map(
            bytes -> {
              if (bytes.length() != length) {
                throw Problem.UNAVAILABLE.failure();
              }
              return bytes.getBytes();
            });
  }

  private static byte[] read(String path, long from, int length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
      byte[] bytes = new byte[length];
      file.seek(from);
      file.readFully(bytes);
      return bytes;
    }
  }
}
