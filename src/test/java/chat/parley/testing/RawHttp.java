package chat.parley.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An HTTP client that sends what it is told, right or wrong, and one request a connection. */
public final class RawHttp {
  private static final int PATIENCE_MS = 20_000;

  private RawHttp() {}

  /** What came back; header names in lower case. */
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    public String header(String name) {
      return headers.get(name);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends a whole request; adds {@code Host}, {@code Connection: close} and {@code Content-Length}
   * unless given.
   */
  public static Reply send(
      int port, String method, String target, List<String> headers, byte[] body) {
    try (Socket socket = open(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(head(port, method, target, headers, body));
      try {
        out.write(body);
        out.flush();
      } catch (IOException refusedEarly) {
        // The answer may have come before the body was taken; it is read below.
      }
      return read(socket.getInputStream(), method);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + target + ": " + e.getMessage(), e);
    }
  }

  public static Socket open(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  /** Reads one answer. */
  public static Reply read(InputStream in, String method) throws IOException {
    String[] lines = readHead(in).split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    int length =
        method.equals("HEAD") ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, in.readNBytes(length));
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended after " + head);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] head(
      int port, String method, String target, List<String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    addUnlessGiven(head, headers, "Host", "localhost:" + port);
    addUnlessGiven(head, headers, "Connection", "close");
    if (body.length > 0
        && headers.stream().noneMatch(line -> line.startsWith("Transfer-Encoding"))) {
      addUnlessGiven(head, headers, "Content-Length", Integer.toString(body.length));
    }
    headers.forEach(line -> head.append(line).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void addUnlessGiven(
      StringBuilder head, List<String> headers, String name, String value) {
    if (headers.stream()
        .noneMatch(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))) {
      head.append(name).append(": ").append(value).append("\r\n");
    }
  }
}
