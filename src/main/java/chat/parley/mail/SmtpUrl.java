package chat.parley.mail;

import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code smtp://user:password@host:587?starttls=required} or {@code smtps://…:465}. Passwords and
 * letters only travel encrypted, and to a server that proves its name, unless it is this machine or
 * the URL says so.
 */
final class SmtpUrl {
  private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");
  private static final int CONNECT_MS = 10_000;

  /**
   * How long the server may take for any one answer; RFC 5321 §4.5.3.2 would have more at the end.
   */
  private static final int SILENCE_SECONDS = 300;

  private SmtpUrl() {}

  static boolean isOne(String url) {
    try {
      config(url, "localhost");
      return true;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  /** Throws {@link IllegalArgumentException}, which does not tell the URL. */
  static MailConfig config(String url, String ownHost) {
    URI uri = URI.create(url);
    boolean tls = "smtps".equals(uri.getScheme());
    boolean fits =
        (tls || "smtp".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getPort() <= 65_535
            && List.of("", "/").contains(uri.getPath())
            && uri.getFragment() == null;
    if (!fits) {
      throw new IllegalArgumentException("not an SMTP URL");
    }
    MailConfig config =
        new MailConfig(uri.getHost().replaceAll("[\\[\\]]", ""), port(uri, tls))
            .setSsl(tls)
            .setStarttls(tls ? StartTLSOptions.DISABLED : startTls(uri))
            .setOwnHostname(ownHost)
            .setUserAgent("parley")
            .setKeepAlive(true)
            .setMaxPoolSize(MailVerticle.AT_A_TIME)
            // After a refused recipient the client would leave the server waiting for a letter.
            .setPipelining(false)
            .setConnectTimeout(CONNECT_MS)
            .setIdleTimeout(SILENCE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return withLogin(config, uri.getRawUserInfo());
  }

  private static int port(URI uri, boolean tls) {
    return uri.getPort() > 0 ? uri.getPort() : tls ? 465 : 587;
  }

  private static StartTLSOptions startTls(URI uri) {
    if (uri.getQuery() == null) {
      return HERE.contains(uri.getHost()) ? StartTLSOptions.OPTIONAL : StartTLSOptions.REQUIRED;
    }
    if (!uri.getQuery().matches("starttls=(required|optional|disabled)")) {
      throw new IllegalArgumentException("not an SMTP URL");
    }
    return StartTLSOptions.valueOf(
        uri.getQuery().substring("starttls=".length()).toUpperCase(Locale.ROOT));
  }

  private static MailConfig withLogin(MailConfig config, String userInfo) {
    if (userInfo == null) {
      return config.setLogin(LoginOption.DISABLED);
    }
    int colon = userInfo.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not an SMTP URL");
    }
    return config
        .setLogin(LoginOption.REQUIRED)
        .setUsername(decoded(userInfo.substring(0, colon)))
        .setPassword(decoded(userInfo.substring(colon + 1)));
  }

  /** A plus is a plus in a URL's user. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
