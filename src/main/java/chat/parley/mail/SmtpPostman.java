package chat.parley.mail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Brings letters to a mail server, with patience that ends: when a server hangs up at a bad moment,
 * the client now and then never says that it did.
 */
final class SmtpPostman implements Postman {
  private static final int CLOSE_SECONDS = 2;

  private final MailClient client;
  private final Duration patience;

  SmtpPostman(Vertx vertx, MailConfig config, Duration patience) {
    this.client = MailClient.create(vertx, config);
    this.patience = patience;
  }

  @Override
  public Future<Void> take(MailMessage letter, String name) {
    return client.sendMail(letter).timeout(patience.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return client.close().timeout(CLOSE_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
  }
}
