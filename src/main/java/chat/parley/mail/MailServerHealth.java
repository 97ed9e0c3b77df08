package chat.parley.mail;

import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A word with the mail server, as a letter would begin: connect, greet, encrypt, take leave. Nobody
 * signs in and nothing is sent. Blocks.
 */
public final class MailServerHealth implements AutoCloseable {
  private static final int CONNECT_MS = 5_000;
  private static final int ANSWER_MS = 10_000;

  /** More is no answer of a mail server. */
  private static final int MOST_LINES = 100;

  private final MailConfig config;
  private Socket socket;

  private MailServerHealth(MailConfig config) {
    this.config = config;
  }

  /**
   * Gives what it is and how it encrypts.
   *
   * @throws IOException with what went wrong, in its words
   */
  public static String look(String smtpUrl) throws IOException {
    try (MailServerHealth look = new MailServerHealth(SmtpUrl.config(smtpUrl, "localhost"))) {
      return config(look.config) + " " + look.greet();
    }
  }

  private static String config(MailConfig config) {
    return config.getHostname() + ":" + config.getPort();
  }

  private String greet() throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(config.getHostname(), config.getPort()), CONNECT_MS);
    socket.setSoTimeout(ANSWER_MS);
    if (config.isSsl()) {
      encrypt();
    }
    answer("220");
    boolean offered = ask("EHLO localhost", "250").stream().anyMatch(MailServerHealth::isStartTls);
    if (config.isSsl()) {
      return leave("answers, encrypted from the first byte");
    }
    if (config.getStarttls() == StartTLSOptions.REQUIRED && !offered) {
      throw new IOException("it offers no STARTTLS, which the URL demands");
    }
    if (!offered || config.getStarttls() == StartTLSOptions.DISABLED) {
      return leave("answers, not encrypted");
    }
    ask("STARTTLS", "220");
    encrypt();
    ask("EHLO localhost", "250");
    return leave("answers, encrypted by STARTTLS");
  }

  private static boolean isStartTls(String line) {
    return line.substring(Math.min(4, line.length())).strip().equalsIgnoreCase("STARTTLS");
  }

  /** To the host of the URL, whose name its certificate has to prove. */
  private void encrypt() throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket encrypted =
        (SSLSocket) factory.createSocket(socket, config.getHostname(), config.getPort(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    if (config.getStarttls() != StartTLSOptions.OPTIONAL) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    socket = encrypted;
  }

  private String leave(String found) throws IOException {
    ask("QUIT", "221");
    return found;
  }

  private List<String> ask(String line, String expected) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return answer(expected);
  }

  private List<String> answer(String expected) throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(line());
    } while (lines.get(lines.size() - 1).startsWith("-", 3) && lines.size() < MOST_LINES);
    String last = lines.get(lines.size() - 1);
    if (!last.startsWith(expected)) {
      throw new IOException("it says: " + last);
    }
    return lines;
  }

  /** Byte by byte, as what comes after it may be encrypted. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read(); next != '\n'; ) {
      if (next < 0 || line.length() > 1_000) {
        throw new IOException("it hung up, or is no mail server");
      }
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
  }
}
