package chat.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A proxy that shows a server below a path and takes that path away, as an operator's would. What
 * is asked for beside the path is 404, and remembered.
 */
public final class SubPath implements BeforeEachCallback, AfterEachCallback {
  private static final int MOST_HEAD = 16_384;
  private static final String NOT_HERE =
      "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final String path;
  private final IntSupplier server;
  private final ServerSocket door;
  private final List<String> strays = new CopyOnWriteArrayList<>();

  /** {@code server} is asked for the port at each connection. */
  public SubPath(String path, IntSupplier server) {
    this.path = path;
    this.server = server;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the path, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + door.getLocalPort() + path;
  }

  /** First lines of requests that left the path. */
  public List<String> strays() {
    return strays;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    inBackground(
        () -> {
          while (!door.isClosed()) {
            Socket client = door.accept();
            inBackground(() -> serve(client));
          }
        });
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    door.close();
  }

  /** One request a connection, or one socket. */
  private void serve(Socket client) throws IOException {
    try (client;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt())) {
      String head = head(client.getInputStream());
      if (!head.split(" ", 3)[1].startsWith(path + "/")) {
        strays.add(head.split("\r\n", 2)[0]);
        client.getOutputStream().write(bytes(NOT_HERE));
        return;
      }
      behind.getOutputStream().write(bytes(passedOn(head)));
      inBackground(() -> pass(client, behind));
      pass(behind, client);
    }
  }

  private String passedOn(String head) {
    String below = head.replaceFirst(" " + path + "/", " /");
    return below.toLowerCase(java.util.Locale.ROOT).contains("\r\nupgrade:")
        ? below
        : below
            .replaceAll("(?i)\r\nConnection: [^\r]*", "")
            .replaceFirst("\r\n", "\r\nConnection: close\r\n");
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MOST_HEAD && head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended within a head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void pass(Socket from, Socket to) throws IOException {
    OutputStream out = to.getOutputStream();
    from.getInputStream().transferTo(out);
    to.shutdownOutput();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void inBackground(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException gone) {
                // One of the two has closed; so is the other.
              }
            },
            "sub-path");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Task {
    void run() throws IOException;
  }
}
