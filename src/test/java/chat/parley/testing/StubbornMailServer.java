package chat.parley.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that takes no letter, in one of the ways in which they do. */
public final class StubbornMailServer implements AutoCloseable {
  /** How it refuses. */
  public enum Way {
    /** Hangs up. */
    DROPS,
    /** Says nothing at all. */
    TARPITS,
    /** Is too busy to talk. */
    BUSY,
    /** Wants to be asked again. */
    LATER,
    /** Wants nothing to do with the recipient. */
    NEVER
  }

  private final Way way;
  private final ServerSocket server;
  private final Thread acceptor;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger attempts = new AtomicInteger();

  public StubbornMailServer(Way way, int port) {
    this.way = way;
    try {
      this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.acceptor = new Thread(this::accept, "stubborn-mail-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** How often somebody came. */
  public int attempts() {
    return attempts.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        attempts.incrementAndGet();
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(socket), "stubborn-mail-session");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException closed) {
      // It was told to stop.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      if (way == Way.DROPS) {
        return;
      }
      if (way != Way.TARPITS) {
        say(socket, way == Way.BUSY ? "421 Too busy" : "220 Here");
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(socket, line);
      }
    } catch (IOException gone) {
      // So be it.
    }
  }

  private void answer(Socket socket, String line) throws IOException {
    if (way == Way.TARPITS) {
      return;
    }
    if (line.startsWith("RCPT")) {
      say(socket, way == Way.LATER ? "450 Not now" : "550 Never");
    } else {
      say(socket, line.startsWith("QUIT") ? "221 Bye" : "250 Fine");
    }
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
      // While a thread still waits in accept(), the port is taken, closed or not.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
