package chat.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file is asked for (RFC 9110, 14): one part or all of it. Of several parts, which
 * nobody who plays a file asks for, all is given, as the RFC allows.
 */
final class Ranges {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private Ranges() {}

  /** Bytes {@code first} to {@code last}, both of them included, of {@code size}. */
  record Part(long first, long last, long size) {
    boolean isWhole() {
      return first == 0 && last == size - 1;
    }

    long length() {
      return last - first + 1;
    }

    String header() {
      return "bytes " + first + "-" + last + "/" + size;
    }

    String wish() {
      return "bytes=" + first + "-" + last;
    }
  }

  /** Null when there is no such part. */
  static Part of(HttpServerRequest request, String tag, long size) {
    Part whole = new Part(0, size - 1, size);
    String range = request.getHeader(HttpHeaderNames.RANGE);
    String unchanged = request.getHeader(HttpHeaderNames.IF_RANGE);
    if (range == null || unchanged != null && !unchanged.equals(tag)) {
      return whole;
    }
    Matcher one = ONE.matcher(range);
    if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
      return whole;
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return last == 0 || size == 0 ? null : new Part(Math.max(0, size - last), size - 1, size);
    }
    long first = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? size - 1 : Long.parseLong(one.group(2));
    if (last < first && !one.group(2).isEmpty()) {
      return whole;
    }
    return first >= size ? null : new Part(first, Math.min(last, size - 1), size);
  }

  /** Whether an {@code If-None-Match} names the tag. */
  static boolean names(String header, String tag) {
    return header != null && (header.strip().equals("*") || header.contains(tag));
  }
}
