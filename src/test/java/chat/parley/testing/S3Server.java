package chat.parley.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A store that speaks as much S3 as is asked of one, and refuses with 403 whatever is not signed as
 * AWS describes it, or is not the bytes that were signed. Everything is in memory.
 */
public final class S3Server implements AutoCloseable {
  public static final String KEY = "test-key";
  public static final String SECRET = "test-secret";
  public static final String REGION = "eu-test-1";

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Buffer> objects = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  public S3Server() {
    server =
        Await.get(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1"));
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** By their paths, with the bucket. */
  public Map<String, Buffer> objects() {
    return objects;
  }

  /** How often it was asked for anything. */
  public int asked() {
    return asked.get();
  }

  private void answer(HttpServerRequest request, Buffer body) {
    asked.incrementAndGet();
    if (!isSigned(request, body)) {
      request
          .response()
          .setStatusCode(403)
          .end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
      return;
    }
    switch (request.method().name()) {
      case "PUT" -> {
        objects.put(request.path(), body);
        request.response().end();
      }
      case "DELETE" -> {
        objects.remove(request.path());
        request.response().setStatusCode(204).end();
      }
      default -> get(request, objects.get(request.path()));
    }
  }

  private static void get(HttpServerRequest request, Buffer object) {
    String range = request.getHeader("Range");
    if (object == null) {
      request.response().setStatusCode(404).end();
    } else if (range == null) {
      request.response().end(object);
    } else {
      String[] ends = range.substring("bytes=".length()).split("-");
      Buffer part = object.slice(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
      request.response().setStatusCode(206).end(part);
    }
  }

  private static boolean isSigned(HttpServerRequest request, Buffer body) {
    try {
      String header = request.getHeader("Authorization");
      return header == null ? isAddress(request) : isRequest(request, header, body);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isRequest(HttpServerRequest request, String header, Buffer body)
      throws GeneralSecurityException {
    Map<String, String> said = new TreeMap<>();
    for (String part : header.replace("AWS4-HMAC-SHA256 ", "").split(", ")) {
      said.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    String payload = request.getHeader("x-amz-content-sha256");
    String wanted =
        signature(
            request,
            "",
            said.get("SignedHeaders"),
            payload,
            request.getHeader("x-amz-date"),
            said.get("Credential"));
    return payload.equals(sha256(body.getBytes())) && wanted.equals(said.get("Signature"));
  }

  private static boolean isAddress(HttpServerRequest request) throws GeneralSecurityException {
    String query =
        Arrays.stream(request.query().split("&"))
            .filter(each -> !each.startsWith("X-Amz-Signature="))
            .sorted()
            .collect(Collectors.joining("&"));
    String credential =
        URLDecoder.decode(request.getParam("X-Amz-Credential"), StandardCharsets.UTF_8);
    String wanted =
        signature(
            request,
            query,
            request.getParam("X-Amz-SignedHeaders"),
            "UNSIGNED-PAYLOAD",
            request.getParam("X-Amz-Date"),
            credential);
    return request.method().name().equals("GET")
        && wanted.equals(request.getParam("X-Amz-Signature"));
  }

  private static String signature(
      HttpServerRequest request,
      String query,
      String signed,
      String payload,
      String date,
      String credential)
      throws GeneralSecurityException {
    StringBuilder canonical = new StringBuilder();
    canonical.append(request.method()).append('\n').append(request.path()).append('\n');
    canonical.append(query).append('\n');
    for (String name : signed.split(";")) {
      canonical.append(name).append(':').append(request.getHeader(name).trim()).append('\n');
    }
    canonical.append('\n').append(signed).append('\n').append(payload);
    String day = date.substring(0, 8);
    String scope = day + "/" + REGION + "/s3/aws4_request";
    if (!credential.equals(KEY + "/" + scope)) {
      return "another key";
    }
    String text =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {day, REGION, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Override
  public void close() {
    Await.get(vertx.close());
  }
}
