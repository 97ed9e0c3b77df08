package chat.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** A file for browsers, held in memory with its gzipped twin. */
record SiteFile(String type, String tag, Buffer plain, Buffer gzipped) {
  private static final Pattern TEXT =
      Pattern.compile("text/.*|application/(javascript|json|yaml|manifest\\+json)|image/svg\\+xml");
  private static final Map<String, String> OWN_TYPES =
      Map.of(
          "js",
          "text/javascript",
          "yaml",
          "application/yaml",
          "webmanifest",
          "application/manifest+json",
          "woff2",
          "font/woff2");

  /** Sends it, zipped to whoever can read that, or says that it has not changed. */
  void answer(RoutingContext context) {
    boolean zip = gzipped != null && accepts(context, "gzip");
    String mark = '"' + tag + (zip ? "-gz" : "") + '"';
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaderNames.ETAG, mark)
            .putHeader(HttpHeaderNames.VARY, "Accept-Encoding");
    String held = context.request().getHeader(HttpHeaderNames.IF_NONE_MATCH);
    if (held != null && held.contains(mark)) {
      response.setStatusCode(304).end();
      return;
    }
    if (zip) {
      response.putHeader(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    Buffer body = zip ? gzipped : plain;
    // Said here, since an answer to HEAD has no body to count.
    response
        .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()))
        .putHeader(HttpHeaderNames.CONTENT_TYPE, type)
        .end(context.request().method() == HttpMethod.HEAD ? Buffer.buffer() : body);
  }

  private static boolean accepts(RoutingContext context, String encoding) {
    String accepted = context.request().getHeader(HttpHeaderNames.ACCEPT_ENCODING);
    return accepted != null && accepted.contains(encoding) && !accepted.contains(encoding + ";q=0");
  }

  /** Zips it, which takes some milliseconds a hundred kilobytes. */
  static SiteFile of(String name, byte[] bytes) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String known = OWN_TYPES.getOrDefault(ending, MimeMapping.mimeTypeForExtension(ending));
    String type = known == null ? "application/octet-stream" : known;
    boolean text = TEXT.matcher(type).matches();
    Buffer zipped = text ? Buffer.buffer(zip(bytes)) : null;
    return new SiteFile(
        text ? type + "; charset=utf-8" : type, tag(bytes), Buffer.buffer(bytes), zipped);
  }

  private static byte[] zip(byte[] bytes) {
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
