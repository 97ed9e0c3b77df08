package chat.parley.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor's word with a mail server, which here says what it is told to. */
class MailServerHealthTest {
  /** Answers each line that it hears by the next of its own, the first unasked. */
  private static final class Speaker implements AutoCloseable {
    private final ServerSocket door;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Speaker(String... lines) throws IOException {
      door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> speak(List.of(lines)));
      thread.setDaemon(true);
      thread.start();
    }

    private void speak(List<String> lines) {
      try (Socket peer = door.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII));
        for (String line : lines) {
          peer.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
          heard.add(String.valueOf(in.readLine()));
        }
      } catch (IOException gone) {
        // Whoever asked has what they wanted.
      }
    }

    String url(String startTls) {
      return "smtp://ann:secret@127.0.0.1:" + door.getLocalPort() + "?starttls=" + startTls;
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }

  private static final String GREETING = "220 mail.example ready";
  private static final String EHLO = "250-mail.example\r\n250-SIZE 1000\r\n250 8BITMIME";

  @Test
  void nobodySignsInAndNothingIsSent() throws IOException {
    try (Speaker server = new Speaker(GREETING, EHLO, "221 bye")) {
      String says = MailServerHealth.look(server.url("optional"));
      assertTrue(says.endsWith("answers, not encrypted"), says);
      assertEquals(List.of("EHLO localhost", "QUIT"), server.heard.subList(0, 2));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "554 go away            | required | it says: 554 go away",
        "HTTP/1.1 400 Bad       | required | it says: HTTP/1.1 400 Bad",
        "220 mail.example ready | required | it offers no STARTTLS, which the URL demands",
      })
  void whatIsWrongIsToldInItsWords(String greeting, String startTls, String told)
      throws IOException {
    try (Speaker server = new Speaker(greeting, EHLO, "221 bye")) {
      IOException wrong =
          assertThrows(IOException.class, () -> MailServerHealth.look(server.url(startTls)));
      assertEquals(told, wrong.getMessage());
    }
  }

  @Test
  void certificateHasToBeRight() throws IOException {
    try (Speaker server =
        new Speaker(GREETING, "250-mail.example\r\n250 STARTTLS", "220 go on", "no handshake")) {
      assertThrows(
          javax.net.ssl.SSLException.class, () -> MailServerHealth.look(server.url("required")));
      assertEquals("STARTTLS", server.heard.get(1));
    }
  }
}
