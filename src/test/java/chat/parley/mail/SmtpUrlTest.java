package chat.parley.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpUrlTest {
  private static MailConfig config(String url) {
    return SmtpUrl.config(url, "chat.example");
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://mail.example, mail.example, 587, false, REQUIRED",
    "smtp://mail.example:25?starttls=disabled, mail.example, 25, false, DISABLED",
    "smtp://mail.example?starttls=optional, mail.example, 587, false, OPTIONAL",
    "smtp://localhost:1025, localhost, 1025, false, OPTIONAL",
    "smtp://[::1]:1025/, ::1, 1025, false, OPTIONAL",
    "smtps://mail.example, mail.example, 465, true, DISABLED"
  })
  void urlSaysWhereAndHowEncrypted(
      String url, String host, int port, boolean tls, StartTLSOptions startTls) {
    MailConfig config = config(url);
    assertEquals(host, config.getHostname());
    assertEquals(port, config.getPort());
    assertEquals(tls, config.isSsl());
    assertEquals(startTls, config.getStarttls());
    assertFalse(config.isTrustAll());
    assertEquals(LoginOption.DISABLED, config.getLogin());
  }

  @Test
  void loginIsDecoded() {
    MailConfig config = config("smtp://ann%40mail.example:p%3Aa+s%2Fs@mail.example");
    assertEquals("ann@mail.example", config.getUsername());
    assertEquals("p:a+s/s", config.getPassword());
    assertEquals(LoginOption.REQUIRED, config.getLogin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://:587",
        "smtp://user@mail.example",
        "smtp://:secret@mail.example",
        "smtp://mail.example/folder",
        "smtp://mail.example?starttls=perhaps",
        "smtp://mail.example?trust=all",
        "smtp://mail.example#x",
        "smtp://mail example",
        "smtp://mail.example:99999"
      })
  void anythingElseIsRefusedWithoutBeingRepeated(String url) {
    assertFalse(SmtpUrl.isOne(url));
    Exception refused = assertThrows(IllegalArgumentException.class, () -> config(url));
    assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
  }

  @Test
  void optionsDoNotTellThePassword() {
    String url = "smtp://user:secret@mail.example";
    MailVerticle.Options options =
        new MailVerticle.Options("https://chat.example", "", url, java.nio.file.Path.of("outbox"));
    assertFalse(options.toString().contains("secret"));
    assertTrue(options.toString().contains("chat.example"));
  }
}
