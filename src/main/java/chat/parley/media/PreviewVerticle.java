package chat.parley.media;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.media.PreviewMeters.Outcome;
import chat.parley.model.Links;
import chat.parley.model.Preview;
import chat.parley.model.Previews;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Looks at where the first link of a message leads, after the message was stored, and asks
 * persistence to show it. Hears only of what its own node has stored; keeps nothing, so what was
 * under way when the process ends is not looked at again. Deploy it where previews are wanted.
 */
public final class PreviewVerticle extends VerticleBase {
  private static final long PATIENCE_MS = 5_000;

  private final PreviewQueue queue = new PreviewQueue();
  private final PreviewMeters meters;
  private final Function<WorkerExecutor, PreviewReach> reaching;
  private Bus bus;
  private WorkerExecutor names;
  private WorkerExecutor reader;
  private PreviewReach reach;
  private HttpClient client;
  private boolean stopped;

  /** Reaches the public web. */
  public PreviewVerticle(MeterRegistry registry) {
    this(registry, PreviewReach::new);
  }

  /** For tests: with a reach that finds what stands on this machine. */
  PreviewVerticle(MeterRegistry registry, Function<WorkerExecutor, PreviewReach> reaching) {
    this.meters = new PreviewMeters(registry);
    this.reaching = reaching;
  }

  @Override
  public Future<?> start() {
    bus = Bus.of(vertx);
    names = vertx.createSharedWorkerExecutor("parley-names", PreviewQueue.AT_ONCE);
    reader = vertx.createSharedWorkerExecutor("parley-previews", 1);
    reach = reaching.apply(names);
    client =
        vertx.createHttpClient(
            reach.manner(), new PoolOptions().setHttp1MaxSize(PreviewQueue.AT_ONCE));
    bus.hear(Addresses.LINKS, "", this::heard);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.join(client.close(), names.close(), reader.close());
  }

  private void heard(Previews.Said said) {
    String link = Links.first(said.text());
    if (link == null) {
      return;
    }
    Optional<PreviewPlace> place = PreviewPlace.of(link);
    if (place.isEmpty()) {
      meters.count(Outcome.REFUSED);
    } else if (queue.offer(new PreviewQueue.Job(said, link, place.get()))) {
      goOn();
    } else {
      meters.count(Outcome.DROPPED);
    }
  }

  private void goOn() {
    for (PreviewQueue.Job job = queue.next(); job != null; job = queue.next()) {
      run(job);
    }
  }

  private void run(PreviewQueue.Job job) {
    PreviewFetch fetch = new PreviewFetch(vertx, client, reach, PATIENCE_MS);
    look(job, fetch)
        .onComplete(
            done -> {
              fetch.end();
              queue.done(job);
              meters.count(done.succeeded() ? done.result() : outcomeOf(done.cause()));
              if (!stopped) {
                goOn();
              }
            });
  }

  private Future<Outcome> look(PreviewQueue.Job job, PreviewFetch fetch) {
    return fetch
        .get(job.place(), PreviewFetch.Kind.PAGE)
        .compose(
            answer ->
                reader
                    .executeBlocking(() -> PreviewPage.of(answer))
                    .compose(page -> show(job, page, answer.place(), fetch)));
  }

  private Future<Outcome> show(
      PreviewQueue.Job job, PreviewPage page, PreviewPlace place, PreviewFetch fetch) {
    return page.isSilent()
        ? Future.succeededFuture(Outcome.NOTHING)
        : picture(page, place, fetch)
            .compose(id -> keep(job, page.shown(job.link(), job.place().host(), id)));
  }

  /** Null for none: then the words have to do. */
  private Future<UUID> picture(PreviewPage page, PreviewPlace place, PreviewFetch fetch) {
    Optional<PreviewPlace> at = page.image() == null ? Optional.empty() : place.to(page.image());
    return at.isEmpty()
        ? Future.succeededFuture()
        : fetch
            .get(at.get(), PreviewFetch.Kind.PICTURE)
            .compose(
                came -> bus.ask(Addresses.PREVIEWS_PICTURE, new Previews.Picture(came.bytes())))
            .otherwise((UUID) null);
  }

  private Future<Outcome> keep(PreviewQueue.Job job, Preview preview) {
    return bus.ask(
            Addresses.PREVIEWS_KEEP,
            new Previews.Keep(job.said().roomId(), job.said().seq(), preview))
        .map(shown -> shown ? Outcome.SHOWN : Outcome.UNWANTED);
  }

  private static Outcome outcomeOf(Throwable cause) {
    return cause instanceof PreviewFetch.Failed failed ? failed.outcome : Outcome.FAILED;
  }
}
