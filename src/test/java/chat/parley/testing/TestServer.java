package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.Config;
import chat.parley.Metrics;
import chat.parley.ServerFacts;
import chat.parley.Setting;
import chat.parley.auth.AuthVerticle;
import chat.parley.auth.OidcOptions;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.cluster.Cluster;
import chat.parley.http.Gate;
import chat.parley.http.HttpDoor;
import chat.parley.http.RequestLog;
import chat.parley.mail.MailVerticle;
import chat.parley.media.MediaOptions;
import chat.parley.media.MediaVerticle;
import chat.parley.media.PreviewVerticle;
import chat.parley.model.Preview;
import chat.parley.model.Previews;
import chat.parley.model.RegistrationMode;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.PersistenceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole server but for its command line, on a fresh database and a free port, in this JVM. */
public final class TestServer
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  /** Where letters lead, whatever a request says. */
  public static final String MAIL_URL = "https://chat.example";

  private final boolean limited;
  private final Duration accessLife;
  private String metricsToken = "";
  private OidcOptions oidc;
  private int retentionDays;
  private boolean registrationOpen = true;
  private boolean shared;
  private boolean linkPreviews;
  private UnaryOperator<HttpDoor.Options> hanging = options -> options;
  private UnaryOperator<MediaOptions> media = options -> options;
  private Path mediaFolder;
  private Path requestLog;
  private final List<Person> people = new ArrayList<>();
  private final Cluster.Options cluster;
  private DatabaseAddress database;
  private Connection behind;
  private Cluster joined;
  private volatile boolean muted;
  private Vertx vertx;
  private HttpDoor door;
  private Supplier<MailVerticle.Options> mail;
  private String mailRoom;
  private int port;

  /** Without limits, and with access tokens that outlive any test. */
  public TestServer() {
    this(false, Duration.ofMinutes(15));
  }

  public TestServer(boolean limited, Duration accessLife) {
    this(null, limited, accessLife, null);
  }

  private TestServer(
      DatabaseAddress database, boolean limited, Duration accessLife, Cluster.Options cluster) {
    this.database = database;
    this.limited = limited;
    this.accessLife = accessLife;
    this.cluster = cluster;
  }

  /** A node of a cluster, to be started and stopped by hand. */
  static TestServer node(DatabaseAddress database, Cluster.Options cluster) {
    TestServer node = new TestServer(database, false, Duration.ofMinutes(15), cluster);
    node.port = Ports.free();
    return node;
  }

  /** From the next start on. */
  public TestServer withMetricsToken(String token) {
    metricsToken = token;
    return this;
  }

  /** With a log of requests in a folder, from the next start on; null for none. */
  public TestServer withRequestLog(Path folder) {
    requestLog = folder;
    return this;
  }

  /** People may sign in by this provider, from the next start on. */
  public TestServer withOidc(OidcOptions provider) {
    oidc = provider;
    return this;
  }

  /** Messages are deleted after so many days. */
  public TestServer withRetentionDays(int days) {
    retentionDays = days;
    return this;
  }

  /** With link previews, from the next start on: do not name sites that there are. */
  public TestServer withLinkPreviews() {
    linkPreviews = true;
    return this;
  }

  /** Whether anybody may make an account, from the next start on. */
  public TestServer withRegistrationOpen(boolean open) {
    registrationOpen = open;
    return this;
  }

  /**
   * With the mail room, from the next start on; {@code smtpUrl} is asked for then, as the mail
   * server may not be there yet.
   */
  public TestServer withMail(Supplier<String> smtpUrl) {
    mail = () -> mailOptions(smtpUrl.get(), Path.of("never"));
    return this;
  }

  /** The same without a mail server. */
  public TestServer withOutbox(Path folder) {
    mail = () -> mailOptions("", folder);
    return this;
  }

  private MailVerticle.Options mailOptions(String smtpUrl, Path outbox) {
    // Nobody here is as slow as mail servers may be.
    return new MailVerticle.Options(MAIL_URL, "", smtpUrl, outbox)
        .hurried(Duration.ofMillis(100), Duration.ofSeconds(5));
  }

  /** With a door that is hung differently, from the next start on. */
  public TestServer hung(UnaryOperator<HttpDoor.Options> differently) {
    hanging = differently;
    return this;
  }

  /** One for all tests of a class: they must not mind each other's people. */
  public TestServer shared() {
    shared = true;
    return this;
  }

  /** With files that are kept differently, from the next start on. */
  public TestServer withMedia(UnaryOperator<MediaOptions> differently) {
    media = differently;
    return this;
  }

  /** Where files are kept, as long as this server is used. */
  public Path mediaFolder() {
    try {
      mediaFolder = mediaFolder == null ? Files.createTempDirectory("parley-media") : mediaFolder;
      return mediaFolder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forgetMedia() {
    if (mediaFolder != null) {
      try (Stream<Path> all = Files.walk(mediaFolder)) {
        all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      mediaFolder = null;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (shared) {
      begin(context);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (shared) {
      end();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!shared) {
      begin(context);
    }
  }

  private void begin(ExtensionContext context) {
    Assumptions.assumeTrue(
        context == null || System.getProperty("base-url", "").isEmpty(),
        "needs a server of its own");
    // Without a context it is started by hand, for several classes.
    database = context == null ? TestDatabase.apart() : TestDatabase.fresh();
    port = Ports.free();
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) {
      end();
    }
  }

  private void end() {
    farewell();
    if (door != null) {
      stop();
    }
    forgetMedia();
  }

  /** Closes everybody's sockets. */
  void farewell() {
    letGo();
    people.forEach(Person::close);
    people.clear();
  }

  /** Starts again on the same database and port. */
  public void start() {
    Metrics metrics = new Metrics();
    vertx = metrics.vertx(Gate.of(List.of(), limited));
    if (cluster != null) {
      join();
    }
    Await.get(
        vertx.deployVerticle(
            new PersistenceVerticle(database, metrics.registry()).keepingFor(retentionDays)));
    Await.get(
        vertx.deployVerticle(
            new AuthVerticle(
                AuthVerticle.Options.defaults(SECRET)
                    .withAccessLife(accessLife)
                    .withRegistration(registrationOpen ? null : RegistrationMode.CLOSED)
                    .withOidc(oidc)),
            new DeploymentOptions()));
    Await.get(
        vertx.deployVerticle(
            new MediaVerticle(media.apply(MediaOptions.of(mediaFolder())), metrics.registry())));
    if (linkPreviews) {
      Await.get(vertx.deployVerticle(new PreviewVerticle(metrics.registry())));
    }
    door =
        Await.get(
            HttpDoor.prepare(
                vertx,
                hanging.apply(
                    new HttpDoor.Options(
                        "127.0.0.1",
                        port,
                        2,
                        "",
                        Set.of(),
                        Set.of(),
                        limited,
                        Duration.ofSeconds(20))),
                metrics.shown(metricsToken),
                requestLog == null
                    ? RequestLog.off(metrics.registry())
                    : RequestLog.in(requestLog, 200 << 20, metrics.registry())));
    ServerFacts.serve(vertx, config());
    Await.get(door.open());
    if (mail != null) {
      mailRoom = Await.get(vertx.deployVerticle(new MailVerticle(mail.get())));
    }
  }

  /** Nothing of it is used here but what administrators are shown. */
  private Config config() {
    return Config.of(
        Map.of(
            Setting.DATA,
            mediaFolder().toString(),
            Setting.SMTP_URL,
            "smtp://letters:pa55word@mail.example:587"));
  }

  /** As if the first link of a message led to a page that says so. */
  public void preview(String room, long seq, Preview preview) {
    Previews.Keep keep = new Previews.Keep(UUID.fromString(room), seq, preview);
    assertTrue(Await.get(Bus.of(vertx).ask(Addresses.PREVIEWS_KEEP, keep)));
  }

  /** Nobody waits until it is time to try refused letters again. */
  public void hurryLetters() {
    // Not those that are on their way: they are taken for a minute.
    sql(
        "update letters set next_attempt_at = now() where sent_at is null and failed_at is null"
            + " and next_attempt_at < now() + interval '45 seconds'");
  }

  /** Changes rows behind the server's back. */
  public synchronized void sql(String statement) {
    try (Statement change = connection().createStatement()) {
      change.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the first row, as text. */
  public synchronized String query(String sql) {
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opened once: proving who one is takes longer than what is asked, and some ask every 5 ms. */
  private Connection connection() throws SQLException {
    if (behind == null || !behind.isValid(5)) {
      behind =
          DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
    return behind;
  }

  private synchronized void letGo() {
    try {
      if (behind != null) {
        behind.close();
      }
    } catch (SQLException gone) {
      // With its database.
    }
    behind = null;
  }

  private void join() {
    Bus bus = Bus.of(vertx);
    joined = Await.get(Cluster.join(cluster, bus::received));
    bus.join(
        cluster.self().toString(),
        wire -> {
          if (!muted) {
            joined.tell(wire);
          }
        });
  }

  /** Whatever it announces to the other nodes is lost while {@code meanwhile} runs. */
  public void muted(Runnable meanwhile) {
    muted = true;
    try {
      meanwhile.run();
    } finally {
      muted = false;
    }
  }

  /** Stops as the real one does: letters and the door first. */
  public void stop() {
    if (mailRoom != null) {
      Await.get(vertx.undeploy(mailRoom));
      mailRoom = null;
    }
    Await.get(door.close());
    Await.get(vertx.close());
    if (joined != null) {
      Await.get(joined.leave());
    }
  }

  public int port() {
    return port;
  }

  /** Of the plain port that sends to https. */
  public int redirectPort() {
    return door.redirectPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public Vertx vertx() {
    return vertx;
  }

  public DatabaseAddress database() {
    return database;
  }

  /** Somebody who has an account, signed in here as a program. */
  public Person person(Person known) {
    Person person = known.at(url());
    person.login();
    people.add(person);
    return person;
  }

  /** A new account, signed in as a program. */
  public Person person(String name) {
    return person(name, name);
  }

  /** The same, with a name for others to see. */
  public Person person(String name, String displayName) {
    Person person = Person.register(url(), name, displayName);
    people.add(person);
    return person;
  }
}
