package chat.parley.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

/**
 * The web client, from the jar. A browser asks each time whether a file has changed, so that an
 * upgrade shows at once.
 */
final class SiteFiles {
  void addTo(Router router) {
    StaticHandler files =
        StaticHandler.create("webroot").setIncludeHidden(false).setDirectoryListing(false);
    router
        .get("/*")
        .handler(
            context -> {
              context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
              files.handle(context);
            });
  }
}
