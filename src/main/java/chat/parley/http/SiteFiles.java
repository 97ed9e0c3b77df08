package chat.parley.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The web client, out of the jar and held in memory with its gzipped twin; there is little of it. A
 * browser keeps a file but asks each time whether it has changed, so that an upgrade shows at once.
 * Only plain names with an ending are looked up: no folder, no dot file, nothing above the web
 * root.
 */
final class SiteFiles {
  private static final Pattern NAME =
      Pattern.compile(
          "(/[A-Za-z0-9_@-][A-Za-z0-9_@.-]*)*/[A-Za-z0-9_@-][A-Za-z0-9_@.-]*\\.[a-z0-9]+");

  /** Shared by all event loops; only files that exist get in, so strangers cannot make it grow. */
  private static final Map<String, SiteFile> FILES = new ConcurrentHashMap<>();

  void addTo(Router router) {
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    find(context.normalizedPath()).ifPresentOrElse(file -> file.answer(context), context::next);
  }

  /** A file of the web root by its path; of a folder its index. */
  static Optional<SiteFile> find(String path) {
    String name = path.endsWith("/") ? path + "index.html" : path;
    SiteFile known = FILES.get(name);
    if (known != null || !NAME.matcher(name).matches()) {
      return Optional.ofNullable(known);
    }
    Optional<SiteFile> found =
        Resource.find("webroot" + name).map(bytes -> SiteFile.of(name, bytes));
    found.ifPresent(file -> FILES.put(name, file));
    return found;
  }
}
