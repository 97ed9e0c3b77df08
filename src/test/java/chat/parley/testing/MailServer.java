package chat.parley.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A mail server on a port of its own, which stays the same when it is stopped and started again; it
 * keeps what it is sent.
 */
public final class MailServer implements BeforeEachCallback, AfterEachCallback {
  private static final Pattern LINK = Pattern.compile("(https?://[^/\\s]+)/#/([a-z-]+)/([\\w-]+)");

  private int port;
  private GreenMail server;

  /** A letter as it arrived. */
  public record Letter(
      List<String> to, String subject, String messageId, String text, String html, String raw) {
    /** The address before the link's {@code #}. */
    public String linkTo() {
      return link().group(1);
    }

    public String place() {
      return link().group(2);
    }

    public String token() {
      return link().group(3);
    }

    public boolean hasLink() {
      return LINK.matcher(text).find();
    }

    private MatchResult link() {
      return LINK.matcher(text).results().findFirst().orElseThrow();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    port = Ports.free();
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop();
  }

  public void start() {
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(20_000);
    server = new GreenMail(setup);
    server.start();
  }

  /** What it was sent is forgotten. */
  public void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "smtp://127.0.0.1:" + port + "?starttls=disabled";
  }

  /** All letters there are, one for each recipient. */
  public List<Letter> letters() {
    return Arrays.stream(server.getReceivedMessages()).map(MailServer::letter).toList();
  }

  public List<Letter> lettersTo(String address) {
    return letters().stream().filter(each -> each.to().contains(address)).toList();
  }

  /** Waits until so many letters have come to this address; gives the newest. */
  public Letter await(String address, int count) {
    Await.until(count + " letters to " + address, () -> lettersTo(address).size() >= count);
    return lettersTo(address).get(count - 1);
  }

  private static Letter letter(MimeMessage message) {
    try {
      Multipart parts = (Multipart) message.getContent();
      return new Letter(
          Arrays.stream(message.getAllRecipients()).map(Object::toString).toList(),
          message.getSubject(),
          message.getMessageID(),
          text(parts.getBodyPart(0), "text/plain"),
          text(parts.getBodyPart(1), "text/html"),
          GreenMailUtil.getWholeMessage(message));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(BodyPart part, String type) throws MessagingException, IOException {
    if (!part.isMimeType(type)) {
      throw new IllegalStateException(part.getContentType() + " instead of " + type);
    }
    return part.getContent().toString().replace("\r\n", "\n");
  }
}
