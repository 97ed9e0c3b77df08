package chat.parley.testing;

import chat.parley.Metrics;
import chat.parley.auth.AuthVerticle;
import chat.parley.bus.Bus;
import chat.parley.cluster.Cluster;
import chat.parley.http.HttpDoor;
import chat.parley.media.MediaVerticle;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.PersistenceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole server but for its command line, on a fresh database and a free port, in this JVM. */
public final class TestServer implements BeforeEachCallback, AfterEachCallback {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final boolean limited;
  private final Duration accessLife;
  private String metricsToken = "";
  private final List<Person> people = new ArrayList<>();
  private final Cluster.Options cluster;
  private DatabaseAddress database;
  private Cluster joined;
  private volatile boolean muted;
  private Vertx vertx;
  private HttpDoor door;
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
    return new TestServer(database, false, Duration.ofMinutes(15), cluster);
  }

  /** From the next start on. */
  public TestServer withMetricsToken(String token) {
    metricsToken = token;
    return this;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Assumptions.assumeTrue(
        context == null || System.getProperty("base-url", "").isEmpty(),
        "needs a server of its own");
    database = TestDatabase.fresh();
    port = 0;
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    farewell();
    if (door != null) {
      stop();
    }
  }

  /** Closes everybody's sockets. */
  void farewell() {
    people.forEach(Person::close);
    people.clear();
  }

  /** Starts again on the same database and port. */
  public void start() {
    Metrics metrics = new Metrics();
    vertx = metrics.vertx();
    if (cluster != null) {
      join();
    }
    Await.get(vertx.deployVerticle(new PersistenceVerticle(database, metrics.registry())));
    Await.get(
        vertx.deployVerticle(
            new AuthVerticle(AuthVerticle.Options.defaults(SECRET).withAccessLife(accessLife)),
            new DeploymentOptions()));
    Await.get(vertx.deployVerticle(new MediaVerticle()));
    door =
        Await.get(
            HttpDoor.prepare(
                vertx,
                new HttpDoor.Options(
                    "127.0.0.1", port, 2, "", Set.of(), Set.of(), limited, Duration.ofSeconds(20)),
                metrics.shown(metricsToken)));
    Await.get(door.open());
    port = door.port();
  }

  private void join() {
    Bus bus = Bus.of(vertx);
    joined = Await.get(Cluster.join(cluster, bus::received));
    bus.join(
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

  /** Stops as the real one does: the door first. */
  public void stop() {
    Await.get(door.close());
    Await.get(vertx.close());
    if (joined != null) {
      Await.get(joined.leave());
    }
  }

  public int port() {
    return port;
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
