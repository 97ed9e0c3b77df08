package chat.parley.mail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;

/** Brings letters to a mail server. */
final class SmtpPostman implements Postman {
  private final MailClient client;

  SmtpPostman(Vertx vertx, MailConfig config) {
    this.client = MailClient.create(vertx, config);
  }

  @Override
  public Future<Void> take(MailMessage letter, String name) {
    return client.sendMail(letter).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
