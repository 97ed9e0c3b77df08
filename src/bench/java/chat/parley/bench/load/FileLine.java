package chat.parley.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that sends and fetches files, one after the other. Blocks. */
public final class FileLine implements AutoCloseable {
  private static final String BOUNDARY = "a-boundary-of-the-bench";
  private static final int PIECE = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String token;
  private final byte[] piece = new byte[PIECE];

  /** {@code token} is null where nobody asks for one. */
  public FileLine(int port, String token) {
    this.token = token;
    try {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of the answer, which must be 201. */
  public String send(String path, byte[] file) {
    byte[] before =
        bytes(
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n");
    byte[] after = bytes("\r\n--" + BOUNDARY + "--\r\n");
    try {
      out.write(
          head(
              "POST",
              path,
              "Content-Type: multipart/form-data; boundary="
                  + BOUNDARY
                  + "\r\nContent-Length: "
                  + (before.length + file.length + after.length)
                  + "\r\n"));
      out.write(before);
      for (int at = 0; at < file.length; at += PIECE) {
        out.write(file, at, Math.min(PIECE, file.length - at));
      }
      out.write(after);
      out.flush();
      long length = answer(201);
      return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes came; the answer must be 200. */
  public long fetch(String path) {
    try {
      out.write(head("GET", path, ""));
      out.flush();
      long length = answer(200);
      long left = length;
      while (left > 0) {
        int count = in.read(piece, 0, (int) Math.min(PIECE, left));
        if (count < 0) {
          throw new IOException("cut off");
        }
        left -= count;
      }
      return length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] head(String method, String path, String more) {
    String proof = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
    return bytes(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + proof + more + "\r\n");
  }

  /** The length of its body. */
  private long answer(int wanted) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("cut off after " + head);
      }
      head.append((char) next);
    }
    String said = head.toString().toLowerCase(Locale.ROOT);
    if (!said.startsWith("http/1.1 " + wanted)) {
      throw new IOException(head.toString());
    }
    int at = said.indexOf("content-length:") + "content-length:".length();
    return Long.parseLong(said.substring(at, said.indexOf('\r', at)).strip());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
