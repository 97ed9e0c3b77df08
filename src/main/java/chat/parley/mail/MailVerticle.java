package chat.parley.mail;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Recovery;
import chat.parley.model.Recovery.Letter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox: looks every second, a few letters at a time, and tries again what
 * was refused, ever more seldom. Deploy it once a node, last, and take it down first: it serves
 * nobody, and what it has not sent waits for the next.
 */
public final class MailVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MailVerticle.class);

  /** And so many begun a second at most, since we look once a second. */
  static final int AT_A_TIME = 4;

  /** A letter taken is ours for a minute, and longer if we say so. */
  private static final long HOLD_MS = 15_000;

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /**
   * What the room is told.
   *
   * @param url where links lead, without a slash at the end
   * @param from who letters come from; empty for {@code parley@} and the URL's host
   * @param smtpUrl the mail server; empty for none
   * @param outbox the folder for letters when there is none
   * @param look how often it looks
   * @param patience with the mail server, for each letter
   */
  public record Options(
      String url, String from, String smtpUrl, Path outbox, Duration look, Duration patience) {
    /** Looks every second, and waits for a minute and a half. */
    public Options(String url, String from, String smtpUrl, Path outbox) {
      this(url, from, smtpUrl, outbox, Duration.ofSeconds(1), Duration.ofSeconds(90));
    }

    /** The same, in more of a hurry. */
    public Options hurried(Duration newLook, Duration newPatience) {
      return new Options(url, from, smtpUrl, outbox, newLook, newPatience);
    }

    @Override
    public String toString() {
      return "Options[" + url + "]";
    }

    private Mailbox sender() {
      return Mailbox.of(from.isEmpty() ? "parley@" + host() : from);
    }

    private String host() {
      String host = URI.create(url).getHost();
      return host == null ? "localhost" : host.replaceAll("[\\[\\]]", "").replace(':', '-');
    }
  }

  private final Options options;
  private final Site site;
  private final Mailbox sender;
  private final Map<UUID, Letter> underWay = new HashMap<>();
  private Bus bus;
  private Postman postman;
  private boolean looking;
  private boolean refused;
  private Promise<Void> leaving;

  public MailVerticle(Options options) {
    this.options = options;
    this.site = new Site(options.url());
    this.sender = options.sender();
  }

  /** Whether a word says where a mail server is. */
  public static boolean isServer(String url) {
    return SmtpUrl.isOne(url);
  }

  /** Whether a word is one e-mail address. */
  public static boolean isAddress(String word) {
    return Mailbox.isOne(word);
  }

  @Override
  public Future<?> start() {
    bus = Bus.of(vertx);
    postman =
        options.smtpUrl().isEmpty()
            ? new FolderPostman(vertx, options.outbox(), sender.domain())
            : new SmtpPostman(
                vertx, SmtpUrl.config(options.smtpUrl(), options.host()), options.patience());
    vertx.setPeriodic(options.look().toMillis(), tick -> look());
    vertx.setPeriodic(HOLD_MS, tick -> hold());
    return Future.succeededFuture();
  }

  /** Lets the letters that are on their way arrive. */
  @Override
  public Future<?> stop() {
    leaving = Promise.promise();
    long patience = vertx.setTimer(FAREWELL.toMillis(), late -> leaving.tryComplete());
    leaveWhenDone();
    return leaving
        .future()
        .onComplete(gone -> vertx.cancelTimer(patience))
        .eventually(postman::close);
  }

  private void leaveWhenDone() {
    if (leaving != null && underWay.isEmpty() && !looking) {
      leaving.tryComplete();
    }
  }

  private void look() {
    int free = AT_A_TIME - underWay.size();
    if (looking || leaving != null || free <= 0) {
      return;
    }
    looking = true;
    bus.ask(Addresses.LETTERS_CLAIM, new Recovery.ClaimLetters(free))
        .onSuccess(letters -> letters.forEach(this::send))
        .onComplete(
            done -> {
              looking = false;
              leaveWhenDone();
            });
  }

  private void hold() {
    if (!underWay.isEmpty()) {
      bus.ask(Addresses.LETTERS_HOLD, new Recovery.HoldLetters(List.copyOf(underWay.keySet())));
    }
  }

  private void send(Letter letter) {
    underWay.put(letter.id(), letter);
    token(letter)
        .map(token -> message(letter, token))
        .compose(message -> postman.take(message, name(letter)))
        .onComplete(
            done -> {
              if (done.succeeded()) {
                sent(letter);
              } else {
                failed(letter, done.cause());
              }
            });
  }

  private Future<String> token(Letter letter) {
    return letter.reference() == null
        ? Future.succeededFuture()
        : bus.ask(Addresses.AUTH_LETTER_TOKEN, letter.reference());
  }

  private MailMessage message(Letter letter, String token) {
    Words words = Letters.of(letter.kind()).write(site, token);
    return new MailMessage()
        .setFrom(sender.toString())
        .setTo(Mailbox.of(letter.recipient()).toString())
        .setSubject(words.subject())
        .setText(Paper.text(words, letter.username(), site))
        .setHtml(Paper.html(words, letter.username(), site))
        .addHeader("From", "Parley <" + sender + ">")
        // The same at every attempt, by which a mailbox knows a letter that came twice.
        .addHeader("Message-ID", "<" + letter.id() + "@" + sender.domain() + ">")
        // RFC 3834: no answers from those on holiday.
        .addHeader("Auto-Submitted", "auto-generated");
  }

  /** In the order of writing, and on any disk. */
  private static String name(Letter letter) {
    String kind = letter.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String written = letter.createdAt().toString().replaceAll("[.Z].*", "").replace(':', '-');
    return written + "-" + kind + "-" + letter.id();
  }

  /** Noted however long it takes: a letter that nobody knows is sent would be sent again. */
  private void sent(Letter letter) {
    bus.ask(Addresses.LETTERS_SENT, letter.id())
        .onSuccess(noted -> done(letter))
        .onFailure(away -> vertx.setTimer(options.look().toMillis(), again -> sent(letter)));
    note(letter, null);
  }

  private void failed(Letter letter, Throwable cause) {
    String error = words(cause);
    note(letter, error);
    bus.ask(Addresses.LETTERS_FAILED, new Recovery.LetterFailed(letter.id(), error))
        .onSuccess(
            givenUp -> {
              if (givenUp) {
                LOG.warn(
                    "The letter {} was given up after {} attempts", letter.id(), letter.attempts());
              }
            })
        .onComplete(noted -> done(letter));
  }

  private void done(Letter letter) {
    underWay.remove(letter.id());
    leaveWhenDone();
  }

  /** Once when it begins and once when it is over, not for each letter. */
  private void note(Letter letter, String error) {
    if (error != null && !refused) {
      LOG.warn("The letter {} could not be sent and is tried again: {}", letter.id(), error);
    } else if (error == null && refused) {
      LOG.info("Letters are sent again");
    }
    refused = error != null;
  }

  /** What went wrong, and where that came from: the operator reads nothing else. */
  private static String words(Throwable cause) {
    if (cause instanceof SMTPException smtp) {
      return smtp.getMessage() + ": " + smtp.getReplyMessages();
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == cause
        ? String.valueOf(cause.getMessage())
        : cause.getMessage() + ": " + root.getMessage();
  }
}
