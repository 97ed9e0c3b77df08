package chat.parley.trust;

import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server under attack: the one at {@code -Dbase-url}, else one of the suite's own, with its
 * limits on, that all classes share. It is never fresh, so people get names nobody has.
 */
final class Target implements BeforeAllCallback {
  private static final String BASE_URL = System.getProperty("base-url", "");

  /** Name and password of an administrator there, {@code name:password}. */
  private static final String ADMIN = System.getProperty("base-url.admin", "");

  private Shared shared;

  /** Once for all classes of the run. */
  private static final class Shared implements AutoCloseable {
    private final TestServer server;
    private final Person first;

    Shared() {
      if (BASE_URL.isEmpty()) {
        server = new TestServer(true, java.time.Duration.ofMinutes(15));
        server.beforeEach(null);
        first = Person.register(server.url(), "first");
      } else {
        server = null;
        first = null;
      }
    }

    @Override
    public void close() {
      if (server != null) {
        server.afterEach(null);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Target.class))
            .getOrComputeIfAbsent("target", key -> new Shared(), Shared.class);
  }

  /** Without a slash at the end. */
  String url() {
    return shared.server == null ? BASE_URL.replaceAll("/+$", "") : shared.server.url();
  }

  URI at(String path) {
    return URI.create(url() + path);
  }

  /** Somebody new, signed in as a program; the name begins so. */
  Person person(String name) {
    return Person.register(
        url(), name + "-" + UUID.randomUUID().toString().replace("-", "").substring(0, 12));
  }

  Person stranger() {
    return Person.stranger(url());
  }

  /** The administrator; skips the test where nobody said who that is. */
  Person admin() {
    if (shared.first != null) {
      shared.first.login();
      return shared.first;
    }
    Assumptions.assumeFalse(ADMIN.isEmpty(), "needs -Dbase-url.admin=name:password");
    int colon = ADMIN.indexOf(':');
    return Person.signedIn(url(), ADMIN.substring(0, colon), ADMIN.substring(colon + 1));
  }

  /** Skips the test unless the server is on this machine, where we have many addresses. */
  void assumeLocal() {
    Assumptions.assumeTrue(
        url().startsWith("http://127.") || url().startsWith("http://localhost"),
        "needs a server on this machine, without TLS");
  }

  int port() {
    return at("/").getPort();
  }
}
