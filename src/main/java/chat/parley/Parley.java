package chat.parley;

import chat.parley.auth.AdminInvite;
import chat.parley.auth.AuthVerticle;
import chat.parley.auth.Keys;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.cluster.Cluster;
import chat.parley.command.Backups;
import chat.parley.http.ApiPages;
import chat.parley.http.Gate;
import chat.parley.http.HttpDoor;
import chat.parley.http.RequestLog;
import chat.parley.mail.MailVerticle;
import chat.parley.media.MediaVerticle;
import chat.parley.media.PreviewVerticle;
import chat.parley.model.RegistrationMode;
import chat.parley.persistence.OperatorStore;
import chat.parley.persistence.PersistenceVerticle;
import chat.parley.persistence.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running server: the database, then persistence, then auth, then the HTTP door; stopped in the
 * reverse order. Starts and stops any number of times in one process, each with its own data folder
 * and port.
 */
public final class Parley {
  private static final Logger LOG = LoggerFactory.getLogger(Parley.class);
  private static final Duration BODY_DEADLINE = Duration.ofSeconds(30);

  /** For what blocks: starting and stopping the database. */
  private static final Executor BLOCKING = task -> new Thread(task, "parley-database").start();

  private final Config config;
  private final Metrics metrics;
  private final Vertx vertx;
  private Database database;
  private HttpDoor door;
  private volatile String mail;
  private volatile Backups backups;
  private Cluster cluster;
  private boolean hasAccounts;
  private volatile String adminInvite;
  private Future<Void> closed;

  private Parley(Config config, Vertx vertx, Metrics metrics) {
    this.metrics = metrics;
    this.config = config;
    this.vertx = vertx;
  }

  /**
   * Completes when the server answers; after a failure nothing is left running. Throws {@link
   * Config.Wrong} when settings do not fit each other.
   */
  public static Future<Parley> start(Config config) {
    ClusterSettings cluster = ClusterSettings.of(config);
    OidcSettings.of(config);
    TlsSettings.of(config);
    MediaSettings.of(config);
    Metrics metrics = new Metrics();
    Gate gate = Gate.of(config.list(Setting.TRUSTED_PROXIES), config.isOn(Setting.LIMITS));
    Parley parley = new Parley(config, metrics.vertx(gate), metrics);
    return Future.succeededFuture()
        .compose(ready -> parley.joined(cluster))
        .compose(joined -> parley.opened())
        .recover(failure -> parley.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** With the other nodes, if there are any; what joins them is loaded only then. */
  private Future<Void> joined(ClusterSettings settings) {
    if (settings.isAlone()) {
      return Future.succeededFuture();
    }
    Bus bus = Bus.of(vertx);
    byte[] seed = new Keys(Secret.of(config)).cluster();
    return Cluster.join(new Cluster.Options(settings.nodes(), settings.self(), seed), bus::received)
        .onSuccess(joined -> cluster = joined)
        .onSuccess(joined -> bus.join(settings.self().toString(), joined::tell))
        .<Void>mapEmpty()
        .recover(failure -> Future.failedFuture(told(failure)));
  }

  private static Throwable told(Throwable failure) {
    return failure instanceof Cluster.Refused told
        ? new StartFailure(told.getMessage(), told)
        : failure;
  }

  private Future<Parley> opened() {
    // The slowest step: it runs beside the rest.
    CompletableFuture<Database> opening =
        CompletableFuture.supplyAsync(() -> Database.open(config, vertx), BLOCKING);
    return open(opening);
  }

  private Future<Parley> open(CompletableFuture<Database> opening) {
    Future<Database> opened =
        Future.fromCompletionStage(opening).onSuccess(ready -> database = ready);
    Future<HttpDoor> prepared =
        HttpDoor.prepare(
                vertx,
                doorOptions(),
                metrics.shown(config.get(Setting.METRICS_TOKEN)),
                requestLog())
            .recover(failure -> Future.failedFuture(explained(failure)))
            .onSuccess(ready -> door = ready);
    // Joined, not all: even when the door fails, a database that is being started must be known to
    // be closed.
    return Future.join(opened, prepared)
        .compose(ready -> vertx.deployVerticle(persistence()))
        .compose(id -> vertx.executeBlocking(this::authOptions))
        .compose(options -> vertx.deployVerticle(new AuthVerticle(options)))
        .compose(
            id ->
                vertx.deployVerticle(
                    new MediaVerticle(MediaSettings.of(config), metrics.registry())))
        .onSuccess(id -> ServerFacts.serve(vertx, config))
        .compose(id -> lookAtLinks())
        .compose(ready -> Bus.of(vertx).ask(Addresses.USERS_ANY, null))
        .onSuccess(any -> hasAccounts = any)
        .compose(any -> inviteAdministrator())
        .compose(any -> door.open().recover(failure -> Future.failedFuture(explained(failure))))
        // Last, as letters say where the server is, and that may only be known now.
        .compose(open -> vertx.deployVerticle(new MailVerticle(mailOptions())))
        .onSuccess(id -> mail = id)
        .onSuccess(id -> backUp())
        .map(deployed -> this);
  }

  private void backUp() {
    String folder = config.get(Setting.BACKUP_DIR);
    if (!folder.isEmpty()) {
      Duration every = Duration.ofHours(config.number(Setting.BACKUP_HOURS));
      backups =
          Backups.start(
              new Backups.Options(Path.of(folder), every, config.number(Setting.BACKUP_KEEP)),
              vertx,
              database.address(),
              MediaSettings.of(config),
              Clock.systemUTC());
    }
  }

  private PersistenceVerticle persistence() {
    PersistenceVerticle verticle =
        new PersistenceVerticle(database.address(), metrics.registry())
            .keepingFor(config.number(Setting.RETENTION_DAYS));
    return config.isOn(Setting.SEARCH) ? verticle : verticle.withoutSearch();
  }

  private Future<?> lookAtLinks() {
    return config.isOn(Setting.LINK_PREVIEWS)
        ? vertx.deployVerticle(new PreviewVerticle(metrics.registry()))
        : Future.succeededFuture();
  }

  private Throwable explained(Throwable failure) {
    if (failure instanceof HttpDoor.Unfit) {
      return new StartFailure(failure.getMessage(), failure);
    }
    return failure instanceof IOException
        ? new StartFailure(
            "The address "
                + config.get(Setting.HOST)
                + ":"
                + config.get(Setting.PORT)
                + " cannot be listened on: it"
                + " is taken, or not this machine's. Choose another with --port or --host.",
            failure)
        : failure;
  }

  /** Where people find the server: as the settings say, else on this machine. */
  public String url() {
    return url(config, port());
  }

  /** The same of a server with these settings that listens there. */
  public static String url(Config config, int port) {
    String url = site(config);
    String scheme = config.get(Setting.TLS_CERT).isEmpty() ? "http" : "https";
    return url.isEmpty() ? scheme + "://" + shown(config.get(Setting.HOST)) + ":" + port : url;
  }

  /** The public URL with the path below which a proxy shows this server; empty when not set. */
  private static String site(Config config) {
    return config.get(Setting.PUBLIC_URL) + config.get(Setting.BASE_PATH);
  }

  private static String shown(String host) {
    return List.of("127.0.0.1", "0.0.0.0", "::", "::1").contains(host) ? "localhost" : host;
  }

  public int port() {
    return door.port();
  }

  /**
   * Whether somebody had registered when the server started; the next to register is the
   * administrator otherwise.
   */
  public boolean hasAccounts() {
    return hasAccounts;
  }

  /**
   * No new connections, running requests finished, sockets told, the database stopped in order.
   * Once is as good as twice.
   */
  public synchronized Future<Void> close() {
    if (closed == null) {
      closed = shutDown();
    }
    return closed;
  }

  private Future<Void> shutDown() {
    Future<Void> silent = mail == null ? Future.succeededFuture() : vertx.undeploy(mail);
    Future<Void> closing = door == null ? Future.succeededFuture() : door.close();
    Future<Void> shut = Future.join(silent, closing).mapEmpty();
    // Not as one chain of Vert.x futures: that would be completed on an event loop that has ended.
    CompletableFuture<Void> all =
        CompletableFuture.runAsync(this::noMoreBackups, BLOCKING)
            .thenCompose(none -> whenDone(shut))
            .thenComposeAsync(done -> whenDone(vertx.close()), BLOCKING)
            .thenComposeAsync(done -> whenDone(left()), BLOCKING)
            .thenRunAsync(this::closeDatabase, BLOCKING);
    return Future.fromCompletionStage(all);
  }

  private static CompletableFuture<Void> whenDone(Future<Void> step) {
    return step.toCompletionStage()
        .toCompletableFuture()
        .handle(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("A step of stopping failed: {}", failure.toString());
              }
              return null;
            });
  }

  private void noMoreBackups() {
    if (backups != null) {
      backups.close();
    }
  }

  private Future<Void> left() {
    return cluster == null ? Future.succeededFuture() : cluster.leave();
  }

  private void closeDatabase() {
    if (database != null) {
      database.close();
    }
  }

  private HttpDoor.Options doorOptions() {
    int loops = config.number(Setting.EVENT_LOOPS);
    return new HttpDoor.Options(
            config.get(Setting.HOST),
            config.number(Setting.PORT),
            loops == 0 ? Runtime.getRuntime().availableProcessors() : loops,
            site(config),
            Set.copyOf(config.list(Setting.CORS_ORIGINS)),
            Set.copyOf(config.list(Setting.TRUSTED_PROXIES)),
            config.isOn(Setting.LIMITS),
            BODY_DEADLINE)
        .with(apiPages())
        .withMediaAccel(config.get(Setting.MEDIA_ACCEL))
        .with(TlsSettings.of(config));
  }

  private RequestLog requestLog() {
    Path folder = Path.of(config.get(Setting.DATA)).resolve("logs");
    return config.isOn(Setting.REQUEST_LOG)
        ? RequestLog.in(
            folder, (long) config.number(Setting.REQUEST_LOG_SIZE) << 20, metrics.registry())
        : RequestLog.off(metrics.registry());
  }

  private ApiPages apiPages() {
    if (!config.isOn(Setting.API_DOCS)) {
      return ApiPages.OFF;
    }
    return config.isOn(Setting.DEBUG) ? ApiPages.TRY : ApiPages.ON;
  }

  /** Null when administrators say so. */
  private RegistrationMode registration() {
    String said = config.get(Setting.REGISTRATION);
    return said.isEmpty() ? null : RegistrationMode.valueOf(said.toUpperCase(Locale.ROOT));
  }

  /** Before anybody can come in, so that nobody is the first in between. */
  private Future<Void> inviteAdministrator() {
    if (!config.isOn(Setting.ADMIN_INVITE)) {
      return Future.succeededFuture();
    }
    AdminInvite invite = AdminInvite.next("start");
    OperatorStore store = OperatorStore.of(vertx, database.address());
    return store
        .inviteFirst(invite.row())
        .onSuccess(made -> adminInvite = made == null ? null : invite.token())
        .onComplete(done -> store.close())
        .mapEmpty();
  }

  /**
   * Where the first administrator makes their account, once and within a day; null when there is
   * one, or nobody asked for it. It is told here alone.
   */
  public String adminInvite() {
    return adminInvite == null ? null : url() + AdminInvite.PLACE + adminInvite;
  }

  private MailVerticle.Options mailOptions() {
    return new MailVerticle.Options(
        url(),
        config.get(Setting.MAIL_FROM),
        config.get(Setting.SMTP_URL),
        Path.of(config.get(Setting.DATA)).resolve("outbox"));
  }

  /** Only once the data folder is ours: a second server on it must not touch the secret. */
  private AuthVerticle.Options authOptions() {
    return AuthVerticle.Options.defaults(Secret.of(config))
        .withRegistration(registration())
        .withOidc(OidcSettings.of(config))
        .withProofs(
            new AuthVerticle.Proofs(
                config.get(Setting.PUBLIC_URL),
                config.isOn(Setting.SECOND_FACTOR),
                config.isOn(Setting.PASSKEYS)));
  }
}
