package chat.parley.http;

import chat.parley.bus.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The API in the browser: its description to read ({@code /redoc}) and to try ({@code /docs}), the
 * contracts themselves, and, while somebody develops, a page to try it on at the path of each read.
 * All of it comes out of the jar, and is read when somebody asks for the first time.
 */
final class DocsRoutes {
  private static final String OWN = "webroot/docs/";

  private static final Map<String, String> FILES =
      Map.of(
          "/docs", OWN + "index.html",
          "/redoc", OWN + "redoc.html",
          "/docs/docs.js", OWN + "docs.js",
          "/docs/redoc.js", OWN + "redoc.js",
          "/docs/try.js", OWN + "try.js",
          "/docs/operation.js", OWN + "operation.js",
          "/docs/session.js", OWN + "session.js",
          "/docs/docs.css", OWN + "docs.css",
          "/openapi.yaml", "openapi.yaml",
          "/asyncapi.yaml", "asyncapi.yaml");

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "/docs/swagger-ui.js", "swagger-ui/swagger-ui-bundle.js",
          "/docs/swagger-ui.css", "swagger-ui/swagger-ui.css",
          "/docs/redoc.standalone.js", "redoc/redoc.standalone.js");

  /** A picture that ReDoc would fetch from its makers, and goes without when it is none. */
  private static final String ELSEWHERE = "https://cdn.redoc.ly/redoc/logo-mini.svg";

  /**
   * The libraries' style sheets: one that is laid in empty and filled rule by rule, and one of
   * ReDoc's scroll bars, which its next version may change; the test of the page tells its hash.
   */
  private static final String STYLES =
      "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
          + " 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='";

  private static final String SERVER = "\n  - url: " + Contract.PREFIX + "\n";

  private static final String TRY = OWN + "try.html";

  /** Shared by all event loops; no more than there are paths. */
  private static final Map<String, SiteFile> LOADED = new ConcurrentHashMap<>();

  private final Vertx vertx;
  private final ApiPages pages;
  private final Contract contract;
  private final String basePath;

  /**
   * @param basePath below which programs reach the API, as {@code /chat}; empty for the root
   */
  DocsRoutes(Vertx vertx, ApiPages pages, Contract contract, String basePath) {
    this.vertx = vertx;
    this.pages = pages;
    this.contract = contract;
    this.basePath = basePath;
  }

  void addTo(Router router) {
    for (String path :
        new String[] {"/docs*", "/redoc", "/openapi.yaml", "/openapi.json", "/asyncapi.yaml"}) {
      router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
    }
  }

  private void serve(RoutingContext context) {
    String path = context.normalizedPath();
    if (pages == ApiPages.OFF || !isOurs(path)) {
      context.fail(Problem.NOT_FOUND.failure());
      return;
    }
    file(path)
        .onSuccess(
            file -> {
              if (file.type().startsWith("text/html")) {
                RequestHead.allowStyles(context.response(), STYLES);
              }
              file.answer(context);
            })
        .onFailure(context::fail);
  }

  private static boolean isOurs(String path) {
    return FILES.containsKey(path) || LIBRARIES.containsKey(path) || path.equals("/openapi.json");
  }

  /** Zipping a library takes too long for an event loop. */
  private Future<SiteFile> file(String path) {
    String name = basePath + path;
    SiteFile known = LOADED.get(name);
    return known != null
        ? Future.succeededFuture(known)
        : vertx
            .executeBlocking(() -> SiteFile.of(named(path), bytes(path)), false)
            .onSuccess(file -> LOADED.put(name, file));
  }

  private static String named(String path) {
    return FILES.getOrDefault(path, path);
  }

  private byte[] bytes(String path) {
    if (path.equals("/openapi.json")) {
      return Contract.parse(placed(contract.source())).encode().getBytes(StandardCharsets.UTF_8);
    }
    String library = LIBRARIES.get(path);
    byte[] file =
        library == null
            ? Resource.find(FILES.get(path)).orElseThrow()
            : library(library.split("/"));
    return path.equals("/openapi.yaml") ? placed(Buffer.buffer(file)).getBytes() : file;
  }

  /** Programs take the server's place in the contract for a path of the host. */
  private Buffer placed(Buffer contract) {
    String here = SERVER.replace(Contract.PREFIX, basePath + Contract.PREFIX);
    return Buffer.buffer(contract.toString(StandardCharsets.UTF_8).replace(SERVER, here));
  }

  private static byte[] library(String[] name) {
    byte[] file = Webjar.read(name[0], name[1]);
    return name[0].equals("redoc")
        ? new String(file, StandardCharsets.UTF_8)
            .replace(ELSEWHERE, "data:,")
            .getBytes(StandardCharsets.UTF_8)
        : file;
  }

  /**
   * Whether a browser opens a read of the API while somebody develops; it is then answered here.
   */
  boolean tries(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaderNames.ACCEPT);
    boolean shown =
        pages == ApiPages.TRY
            && request.method() == HttpMethod.GET
            && accepted != null
            && accepted.contains("text/html")
            && contract.readsJson(request.path());
    if (shown) {
      // Relative, as the server may lie below a path of a proxy.
      String root = "../".repeat((int) request.path().chars().filter(c -> c == '/').count() - 1);
      RequestHead.allowStyles(request.response(), STYLES);
      request
          .response()
          .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
          .putHeader(HttpHeaderNames.VARY, "Accept")
          .end(
              Buffer.buffer(Resource.find(TRY).orElseThrow())
                  .toString(StandardCharsets.UTF_8)
                  .replace("{root}", root));
    }
    return shown;
  }
}
