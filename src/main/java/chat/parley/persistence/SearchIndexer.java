package chat.parley.persistence;

import chat.parley.model.Actor;
import chat.parley.model.RoomBatch;
import chat.parley.model.RoomNews;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages into the search index after they were stored, in steps of at most {@link
 * SearchStep#MOST} messages that are a transaction each. It is told of rooms by who stores messages
 * here; what nobody told of, as after a crash, is found by looking through all rooms, a stretch at
 * a time. A room's mark, locked by whoever is at it, moves with its rows: so every message is
 * brought once, by one node, and a step that was lost is made again.
 *
 * <p>After a step it rests, the longer the more is being stored: sending comes first. Lives on one
 * event loop; what takes the processor is done on a worker.
 */
final class SearchIndexer {
  private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);

  private static final int MOST_ROOMS = 100;
  private static final int ROOMS_A_LOOK = 2_000;
  private static final long REST_MS = 100;
  private static final long FAILED_MS = 2_000;
  private static final long LOOK_MS = 5_000;

  /** Above so many messages a second the indexer takes one part in so many of the time. */
  private static final int BUSY = 500;

  private static final int PART = 16;

  static final String BEHIND =
      """
      select h.room_id from room_heads h
      join rooms r on r.id = h.room_id and r.deleted_at is null
      left join search_marks s on s.room_key = h.room_key
      where h.room_key > $1 and h.room_key <= $1 + $2::int and h.last_seq > coalesce(s.seq, 0)
      """;

  private static final String LAST = "select coalesce(max(room_key), 0) as last from room_heads";

  private static final String FROM_THE_BEGINNING = "update search_marks set seq = 0 where seq > 0";

  private final Vertx vertx;
  private final Postgres postgres;
  private final SearchMeters meters;
  private final boolean on;

  /** Rooms with messages that are not in the index, and since when. */
  private final Map<UUID, Long> waiting = new LinkedHashMap<>();

  private boolean running;
  private boolean looking;
  private long lookedAt;
  private long heard;
  private long heardSince = System.nanoTime();
  private double perSecond;

  SearchIndexer(Vertx vertx, Postgres postgres, SearchMeters meters, boolean on) {
    this.on = on;
    this.vertx = vertx;
    this.postgres = postgres;
    this.meters = meters;
  }

  void start() {
    if (on) {
      look(true);
      vertx.setPeriodic(LOOK_MS, tick -> look(false));
    }
  }

  /** Messages have been stored here. */
  void heard(List<? extends RoomNews> news) {
    if (!on) {
      return;
    }
    long now = System.nanoTime();
    measure(now);
    for (RoomNews each : news) {
      waiting.putIfAbsent(each.roomId(), now);
      heard += each instanceof RoomBatch batch ? batch.entries().size() : 1;
    }
    goOn();
  }

  /** All of it anew; until then searches find by what is there. */
  Future<Void> rebuild() {
    if (!on) {
      throw SearchStore.off();
    }
    return postgres
        .write(new Actor(null, null), connection -> connection.query(FROM_THE_BEGINNING).execute())
        .onSuccess(
            begun -> {
              lookedAt = 0;
              look(true);
            })
        .mapEmpty();
  }

  /** Some rooms a time; all of them, one stretch after the other, when {@code through}. */
  private void look(boolean through) {
    if (looking) {
      return;
    }
    looking = true;
    stretch(through)
        .onComplete(done -> looking = false)
        .onFailure(cause -> LOG.warn("Not looked for rooms to index: {}", cause.toString()));
  }

  private Future<Void> stretch(boolean through) {
    return postgres
        .read(BEHIND, Tuple.of(lookedAt, ROOMS_A_LOOK))
        .compose(
            rows -> {
              long now = System.nanoTime();
              rows.forEach(row -> waiting.putIfAbsent(row.getUUID("room_id"), now));
              goOn();
              lookedAt += ROOMS_A_LOOK;
              return postgres.read(LAST, Tuple.tuple());
            })
        .compose(
            rows -> {
              if (lookedAt < Rows.first(rows).getLong("last")) {
                return through ? stretch(true) : Future.succeededFuture();
              }
              lookedAt = 0;
              return Future.succeededFuture();
            });
  }

  private void goOn() {
    meters.waiting(oldest());
    if (!running && !waiting.isEmpty()) {
      running = true;
      vertx.setTimer(REST_MS, rested -> step());
    }
  }

  private long oldest() {
    return waiting.isEmpty() ? 0 : waiting.values().iterator().next();
  }

  private void step() {
    long begun = System.nanoTime();
    measure(begun);
    Map<UUID, Long> taken = new LinkedHashMap<>();
    for (var each = waiting.entrySet().iterator(); each.hasNext() && taken.size() < MOST_ROOMS; ) {
      var room = each.next();
      taken.put(room.getKey(), room.getValue());
      each.remove();
    }
    postgres
        .write(
            new Actor(null, null),
            connection -> new SearchStep(vertx, connection).over(taken.keySet()))
        .onSuccess(
            step -> {
              step.left().forEach(room -> putBack(room, taken.get(room)));
              meters.indexed(step.messages());
            })
        .onFailure(
            cause -> {
              LOG.warn("A step of the search index failed: {}", cause.toString());
              taken.forEach(this::putBack);
            })
        .onComplete(
            done -> {
              meters.waiting(oldest());
              long took = (System.nanoTime() - begun) / 1_000_000 + 1;
              vertx.setTimer(
                  done.failed() ? FAILED_MS : rest(took, done.result()), rested -> next());
            });
  }

  private void putBack(UUID room, Long since) {
    waiting.merge(room, since, Math::min);
  }

  private void next() {
    running = false;
    if (!waiting.isEmpty()) {
      running = true;
      step();
    }
  }

  /** How much is stored here a second, lately. */
  private void measure(long now) {
    double seconds = (now - heardSince) / 1e9;
    if (seconds > 0.2) {
      perSecond = heard / seconds;
      heard = 0;
      heardSince = now;
    }
  }

  private long rest(long took, SearchStep.Done step) {
    if (perSecond > BUSY) {
      return Math.max(REST_MS, PART * took);
    }
    return step.full() ? took : REST_MS;
  }
}
