package chat.parley.http;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Role;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The admin panel's page and files, for administrators only. To whoever is not signed in every path
 * below {@code /admin} answers 401, whether there is something or not, and a browser is told where
 * to sign in; to everybody else there is nothing: 404.
 */
final class AdminPages {
  private static final String ROOT = "/admin";
  private static final String PAGE = ROOT + "/index.html";

  /** What a browser shows in place of the panel, to somebody who is not signed in. */
  private static final String DOOR = "webroot/sign-in-first.html";

  private final Doorman doorman;

  AdminPages(Doorman doorman) {
    this.doorman = doorman;
  }

  void addTo(Router router) {
    router.route(ROOT + "*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    String path = context.normalizedPath();
    if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
      context.next();
      return;
    }
    admit(context.request())
        .onSuccess(caller -> answer(context, caller, path))
        .onFailure(cause -> refuse(context, path, cause));
  }

  /** In the future's failure also what is known at once. */
  private Future<Caller> admit(HttpServerRequest request) {
    return Future.succeededFuture().compose(now -> doorman.admit(request));
  }

  private static void answer(RoutingContext context, Caller caller, String path) {
    RequestLog.of(context).by(caller.userId());
    if (caller.user().role() != Role.ADMIN || caller.isKey()) {
      context.fail(Problem.NOT_FOUND.failure());
    } else if (path.equals(ROOT + "/")) {
      // The page names its files from the folder above.
      context.response().setStatusCode(308).putHeader(HttpHeaderNames.LOCATION, "../admin").end();
    } else {
      SiteFiles.find(path.equals(ROOT) ? PAGE : path)
          .ifPresentOrElse(
              file -> file.answer(context), () -> context.fail(Problem.NOT_FOUND.failure()));
    }
  }

  private static void refuse(RoutingContext context, String path, Throwable cause) {
    if (!(cause instanceof Failure failure) || failure.problem().status() >= 500) {
      context.fail(cause);
    } else if (path.equals(ROOT) && isBrowser(context.request())) {
      context
          .response()
          .setStatusCode(401)
          .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
          .end(Buffer.buffer(Resource.find(DOOR).orElseThrow()));
    } else {
      context.fail(Problem.UNAUTHENTICATED.failure());
    }
  }

  private static boolean isBrowser(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaderNames.ACCEPT);
    return accepted != null && accepted.contains("text/html");
  }
}
