package chat.parley.media;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for because of one message: a page, then perhaps its picture, all within one
 * deadline. A host's addresses are looked up here, all of them checked, and the connection is made
 * to one that was checked, so no second answer of a name server can lead elsewhere; every redirect
 * begins anew. Says nothing of who asks, and keeps nothing that it is told. Lives on one event
 * loop.
 */
final class PreviewFetch {
  static final int MOST_BYTES = 1 << 20;
  private static final int MOST_REDIRECTS = 3;
  private static final int MOST_ADDRESSES = 3;
  private static final String AGENT = "Mozilla/5.0 (compatible; ParleyPreview/1.0)";
  private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);

  /** What may come, and how. */
  enum Kind {
    /** The beginning of one tells enough. */
    PAGE("text/html,application/xhtml+xml", Set.of("text/html", "application/xhtml+xml")),
    PICTURE("image/*", Set.of("image/png", "image/jpeg", "image/gif", "image/webp"));

    private final String accept;
    private final Set<String> types;

    Kind(String accept, Set<String> types) {
      this.accept = accept;
      this.types = types;
    }
  }

  /**
   * What came.
   *
   * @param type the header Content-Type as it came
   */
  record Answer(PreviewPlace place, String type, byte[] bytes) {}

  /** Nothing comes of it; the outcome says why. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient PreviewMeters.Outcome outcome;

    Failed(PreviewMeters.Outcome outcome) {
      super(outcome.name(), null, false, false);
      this.outcome = outcome;
    }
  }

  private final Vertx vertx;
  private final HttpClient client;
  private final PreviewReach reach;
  private final long timer;
  private Promise<Answer> answer;
  private HttpClientRequest current;
  private boolean over;

  PreviewFetch(Vertx vertx, HttpClient client, PreviewReach reach, long patienceMs) {
    this.vertx = vertx;
    this.client = client;
    this.reach = reach;
    this.timer = vertx.setTimer(patienceMs, late -> end());
  }

  /** One at a time. */
  Future<Answer> get(PreviewPlace place, Kind kind) {
    answer = Promise.promise();
    Promise<Answer> mine = answer;
    hop(place, kind, MOST_REDIRECTS).onComplete(mine::tryComplete, mine::tryFail);
    if (over) {
      end();
    }
    return mine.future();
  }

  /** Whatever is still under way is cut. */
  void end() {
    over = true;
    vertx.cancelTimer(timer);
    hangUp();
    if (answer != null) {
      answer.tryFail(new Failed(PreviewMeters.Outcome.LATE));
    }
  }

  private void hangUp() {
    if (current != null) {
      current.connection().close();
      current = null;
    }
  }

  private Future<Answer> hop(PreviewPlace place, Kind kind, int left) {
    if (!reach.allows(place.port())) {
      return refused();
    }
    return reach
        .resolve(place.host())
        .compose(addresses -> connect(place, addresses))
        .compose(request -> ask(request, place, kind))
        .compose(response -> take(response, place, kind, left));
  }

  /** One address that is not public is enough: who mixes them means no good. */
  private Future<HttpClientRequest> connect(PreviewPlace place, List<InetAddress> addresses) {
    if (addresses.isEmpty() || !addresses.stream().allMatch(reach::allows)) {
      return refused();
    }
    return connect(place, addresses, 0);
  }

  private Future<HttpClientRequest> connect(
      PreviewPlace place, List<InetAddress> addresses, int at) {
    boolean last = at + 1 >= Math.min(addresses.size(), MOST_ADDRESSES);
    return over
        ? failed(PreviewMeters.Outcome.LATE)
        : client
            .request(options(place, addresses.get(at)))
            .recover(
                failure -> last ? Future.failedFuture(failure) : connect(place, addresses, at + 1));
  }

  private static RequestOptions options(PreviewPlace place, InetAddress address) {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, place.port())))
        .setHost(place.host())
        .setPort(place.port())
        .setSsl(place.secure())
        .setURI(place.path())
        .setFollowRedirects(false);
  }

  private Future<HttpClientResponse> ask(HttpClientRequest request, PreviewPlace place, Kind kind) {
    current = request;
    if (over) {
      hangUp();
      return failed(PreviewMeters.Outcome.LATE);
    }
    return request
        .putHeader(HttpHeaders.USER_AGENT, AGENT)
        .putHeader(HttpHeaders.ACCEPT, kind.accept)
        .send();
  }

  private Future<Answer> take(
      HttpClientResponse response, PreviewPlace place, Kind kind, int left) {
    String location = response.getHeader(HttpHeaders.LOCATION);
    if (ELSEWHERE.contains(response.statusCode()) && location != null) {
      hangUp();
      Optional<PreviewPlace> next = left == 0 ? Optional.empty() : place.to(location);
      return next.isEmpty() ? refused() : hop(next.get(), kind, left - 1);
    }
    if (response.statusCode() != 200
        || !isPlain(response)
        || !kind.types.contains(type(response))) {
      hangUp();
      return failed(PreviewMeters.Outcome.NOTHING);
    }
    return read(response, kind)
        .map(bytes -> new Answer(place, response.getHeader(HttpHeaders.CONTENT_TYPE), bytes));
  }

  /** We have asked for no compression, so what is compressed is a trap or a mistake. */
  private static boolean isPlain(HttpClientResponse response) {
    String coding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    return coding == null || coding.equalsIgnoreCase("identity");
  }

  private static String type(HttpClientResponse response) {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private Future<byte[]> read(HttpClientResponse response, Kind kind) {
    Promise<byte[]> done = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(
            chunk -> {
              int room = MOST_BYTES - body.length();
              body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
              if (chunk.length() > room) {
                enough(kind, body, done);
              }
            })
        .exceptionHandler(done::tryFail)
        .endHandler(end -> done.tryComplete(body.getBytes()));
    return done.future().onComplete(read -> hangUp());
  }

  private static void enough(Kind kind, Buffer body, Promise<byte[]> done) {
    if (kind == Kind.PAGE) {
      done.tryComplete(body.getBytes());
    } else {
      done.tryFail(new Failed(PreviewMeters.Outcome.NOTHING));
    }
  }

  private static <T> Future<T> refused() {
    return failed(PreviewMeters.Outcome.REFUSED);
  }

  private static <T> Future<T> failed(PreviewMeters.Outcome outcome) {
    return Future.failedFuture(new Failed(outcome));
  }
}
