package chat.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

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
  private static final Pattern TEXT =
      Pattern.compile("text/.*|application/(javascript|json|manifest\\+json)|image/svg\\+xml");
  private static final Map<String, String> OWN_TYPES =
      Map.of(
          "js",
          "text/javascript",
          "webmanifest",
          "application/manifest+json",
          "woff2",
          "font/woff2");

  /** Shared by all event loops; only files that exist get in, so strangers cannot make it grow. */
  private static final Map<String, SiteFile> FILES = new ConcurrentHashMap<>();

  private record SiteFile(String type, String tag, Buffer plain, Buffer gzipped) {}

  void addTo(Router router) {
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    find(context.normalizedPath()).ifPresentOrElse(file -> answer(context, file), context::next);
  }

  private static Optional<SiteFile> find(String path) {
    String name = path.endsWith("/") ? path + "index.html" : path;
    SiteFile known = FILES.get(name);
    if (known != null || !NAME.matcher(name).matches()) {
      return Optional.ofNullable(known);
    }
    Optional<SiteFile> found = Resource.find("webroot" + name).map(bytes -> file(name, bytes));
    found.ifPresent(file -> FILES.put(name, file));
    return found;
  }

  private static void answer(RoutingContext context, SiteFile file) {
    boolean zip = file.gzipped() != null && accepts(context, "gzip");
    String tag = '"' + file.tag() + (zip ? "-gz" : "") + '"';
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaderNames.ETAG, tag)
            .putHeader(HttpHeaderNames.VARY, "Accept-Encoding");
    String held = context.request().getHeader(HttpHeaderNames.IF_NONE_MATCH);
    if (held != null && held.contains(tag)) {
      response.setStatusCode(304).end();
      return;
    }
    if (zip) {
      response.putHeader(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    Buffer body = zip ? file.gzipped() : file.plain();
    // Said here, since an answer to HEAD has no body to count.
    response
        .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()))
        .putHeader(HttpHeaderNames.CONTENT_TYPE, file.type())
        .end(context.request().method() == HttpMethod.HEAD ? Buffer.buffer() : body);
  }

  private static boolean accepts(RoutingContext context, String encoding) {
    String accepted = context.request().getHeader(HttpHeaderNames.ACCEPT_ENCODING);
    return accepted != null && accepted.contains(encoding) && !accepted.contains(encoding + ";q=0");
  }

  private static SiteFile file(String name, byte[] bytes) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String known = OWN_TYPES.getOrDefault(ending, MimeMapping.mimeTypeForExtension(ending));
    String type = known == null ? "application/octet-stream" : known;
    boolean text = TEXT.matcher(type).matches();
    Buffer zipped = text ? Buffer.buffer(gzipped(bytes)) : null;
    return new SiteFile(
        text ? type + "; charset=utf-8" : type, tag(bytes), Buffer.buffer(bytes), zipped);
  }

  private static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String tag(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
