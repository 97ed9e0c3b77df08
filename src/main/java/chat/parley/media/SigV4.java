package chat.parley.media;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 for an S3 store: by headers, or as an address that is good for a while.
 * Paths must be made of characters that need no escaping.
 */
final class SigV4 {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY = 8;

  private final String region;
  private final String key;
  private final String secret;

  SigV4(String region, String key, String secret) {
    this.region = region;
    this.key = key;
    this.secret = secret;
  }

  /**
   * The headers that a request needs, beside {@code Host}.
   *
   * @param payloadHash SHA-256 of the body in hexadecimal digits
   */
  Map<String, String> headers(String method, URI url, String payloadHash, Instant now) {
    String time = TIME.format(now);
    Map<String, String> signed = new TreeMap<>();
    signed.put("host", host(url));
    signed.put("x-amz-content-sha256", payloadHash);
    signed.put("x-amz-date", time);
    String names = String.join(";", signed.keySet());
    String request = canonical(method, url, "", signed, payloadHash);
    signed.remove("host");
    signed.put(
        "Authorization",
        ALGORITHM
            + " Credential="
            + key
            + "/"
            + scope(time)
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature(time, request));
    return signed;
  }

  /** An address for reading that needs no headers. */
  URI presigned(URI url, Duration life, Instant now) {
    String time = TIME.format(now);
    Map<String, String> query = new TreeMap<>();
    query.put("X-Amz-Algorithm", ALGORITHM);
    query.put("X-Amz-Credential", key + "/" + scope(time));
    query.put("X-Amz-Date", time);
    query.put("X-Amz-Expires", Long.toString(life.toSeconds()));
    query.put("X-Amz-SignedHeaders", "host");
    String asked =
        query.entrySet().stream()
            .map(each -> each.getKey() + "=" + escaped(each.getValue()))
            .collect(Collectors.joining("&"));
    String request = canonical("GET", url, asked, Map.of("host", host(url)), UNSIGNED);
    return URI.create(url + "?" + asked + "&X-Amz-Signature=" + signature(time, request));
  }

  /** As HTTP clients write it: without the port that goes without saying. */
  private static String host(URI url) {
    boolean usual =
        url.getPort() < 0 || url.getPort() == (url.getScheme().equals("https") ? 443 : 80);
    return usual ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  private static String canonical(
      String method, URI url, String query, Map<String, String> headers, String payloadHash) {
    String lines =
        headers.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n", method, url.getPath(), query, lines, String.join(";", headers.keySet()), payloadHash);
  }

  private String scope(String time) {
    return time.substring(0, DAY) + "/" + region + "/s3/aws4_request";
  }

  private String signature(String time, String request) {
    String text = String.join("\n", ALGORITHM, time, scope(time), sha256(request));
    byte[] day = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), time.substring(0, DAY));
    byte[] signing = hmac(hmac(hmac(day, region), "s3"), "aws4_request");
    return HexFormat.of().formatHex(hmac(signing, text));
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has HmacSHA256", impossible);
    }
  }
}
