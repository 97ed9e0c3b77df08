package chat.parley.mail;

import io.vertx.core.Future;
import io.vertx.ext.mail.MailMessage;

/** Takes letters away. */
interface Postman {
  /** Completes when somebody else answers for the letter: then it is not ours any more. */
  Future<Void> take(MailMessage letter, String name);

  Future<Void> close();
}
