package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores messages by group commit: what arrives while a commit is under way goes with the next one.
 * A room is in one batch at a time, so its order holds; a send is answered after its commit and
 * never before. When the outcome of a commit is unknown the same batch is run again: what had been
 * stored is then found by its client id, the rest is stored now, each exactly once.
 *
 * <p>Lives on one event loop. Memory is bounded by {@link WriterBounds}; a send that cannot be
 * stored in time is refused with UNAVAILABLE and may be sent again.
 */
final class RoomWriter {
  private static final Logger LOG = LoggerFactory.getLogger(RoomWriter.class);

  private static final long PAUSE_MS = 5;
  private static final long SWEEP_MS = 250;

  private final Vertx vertx;
  private final Commit commit;
  private final WriterBounds bounds;
  private final Consumer<Outcome<?>> announce;
  private final WriterMeters meters;
  private final WordFilter filter;

  private final WaitingRooms waiting = new WaitingRooms();
  private final Map<Send.Key, Send> pending = new HashMap<>();
  private final Deque<Send> byDeadline = new ArrayDeque<>();
  private long pendingBytes;
  private final Rhythm rhythm = new Rhythm(System.nanoTime());
  private int busyLanes;
  private int rowsUnderWay;
  private boolean pumpScheduled;
  private boolean pumpTimed;

  RoomWriter(
      Vertx vertx,
      Commit commit,
      WriterBounds bounds,
      WriterMeters meters,
      WordFilter filter,
      Consumer<Outcome<?>> announce) {
    this.vertx = vertx;
    this.commit = commit;
    this.bounds = bounds;
    this.meters = meters;
    this.filter = filter;
    this.announce = announce;
    vertx.setPeriodic(SWEEP_MS, timer -> refuseLate());
  }

  /**
   * Stores a message, or finds it stored; fails with the rule that refused it, or UNAVAILABLE when
   * it may be sent again.
   */
  Future<Message> post(Messages.Post post) {
    Send send = new Send(post, filter.judge(post.text()), System.nanoTime());
    Send twin = pending.get(send.key);
    if (twin != null) {
      return twin.digest == send.digest ? join(twin) : refuse(Problem.ID_REUSED.failure());
    }
    if (pending.size() >= bounds.pendingSends()
        || pendingBytes + send.bytes > bounds.pendingBytes()) {
      return refuse(
          Problem.UNAVAILABLE.retryAfter(1, "The server has more messages than it can store"));
    }
    admit(send);
    return send.answer();
  }

  private Future<Message> join(Send twin) {
    meters.joined();
    return twin.answer();
  }

  private Future<Message> refuse(Failure failure) {
    meters.refused(failure.problem());
    return Future.failedFuture(failure);
  }

  private void admit(Send send) {
    pending.put(send.key, send);
    pendingBytes += send.bytes;
    byDeadline.add(send);
    meters.waiting(pending.size(), pendingBytes);
    send.answer().onComplete(done -> release(send, done.cause()));
    waiting.add(send);
    pumpSoon();
  }

  private void release(Send send, Throwable failure) {
    pending.remove(send.key, send);
    pendingBytes -= send.bytes;
    meters.waiting(pending.size(), pendingBytes);
    meters.answered(failure, System.nanoTime() - send.arrivedNanos);
  }

  /** Sends that came in the same turn of the loop go together. */
  private void pumpSoon() {
    if (!pumpScheduled && busyLanes < bounds.lanes()) {
      pumpScheduled = true;
      vertx.runOnContext(
          turn -> {
            pumpScheduled = false;
            pump();
          });
    }
  }

  private void pump() {
    while (busyLanes < bounds.lanes()) {
      int rows = pending.size() - rowsUnderWay;
      long wait = rhythm.waitNanos(System.nanoTime(), rows, busyLanes > 0);
      if (wait > 0) {
        pumpLater(wait);
        return;
      }
      Batch batch = waiting.gather(bounds);
      if (batch.sends.isEmpty()) {
        return;
      }
      begin(batch);
    }
  }

  private void pumpLater(long nanos) {
    if (!pumpTimed) {
      pumpTimed = true;
      vertx.setTimer(
          nanos / 1_000_000 + 1,
          timer -> {
            pumpTimed = false;
            pump();
          });
    }
  }

  private void begin(Batch batch) {
    int rows = batch.sends.size();
    busyLanes++;
    rowsUnderWay += rows;
    rhythm.started(System.nanoTime(), rows);
    run(batch)
        .onComplete(
            done -> {
              busyLanes--;
              rowsUnderWay -= rows;
              waiting.finished(batch);
              pump();
            });
  }

  private Future<Void> run(Batch batch) {
    long started = System.nanoTime();
    return commit
        .run(batch.sends, batch.waits)
        .transform(
            done -> {
              if (done.succeeded()) {
                meters.committed(batch.sends.size(), System.nanoTime() - started);
                return settle(batch, done.result());
              }
              return retry(
                  batch,
                  done.cause() instanceof Failed failed
                      ? failed
                      : new Failed(Failed.Kind.UNKNOWN, done.cause()));
            });
  }

  /** After the commit: first everybody hears of it, then the senders are answered. */
  private Future<Void> settle(Batch batch, Commit.Done done) {
    List<Commit.Result> results = done.results();
    BatchNews news = BatchNews.of(batch, done);
    meters.settled(news.stored, news.known);
    announce.accept(
        new Outcome<>(null, news.batches(System.nanoTime()), done.notices(), news.linking()));
    List<Send> busy = new ArrayList<>();
    for (Commit.Result result : results) {
      switch (result.status()) {
        case STORED, KNOWN -> result.send().complete(result.message());
        case REFUSED -> result.send().fail(result.refusal());
        case BUSY -> busy.add(result.send());
      }
    }
    waiting.served(batch, busy);
    return busy.isEmpty() ? Future.succeededFuture() : putBack(busy);
  }

  /** Rooms that were locked elsewhere come first next time, after a breath. */
  private Future<Void> putBack(List<Send> busy) {
    waiting.putBack(busy);
    return vertx.timer(PAUSE_MS, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<Void> retry(Batch batch, Failed failed) {
    meters.failed(failed.kind());
    batch.sends.removeIf(Send::answered);
    if (batch.sends.isEmpty()) {
      return Future.succeededFuture();
    }
    if (failed.kind() == Failed.Kind.POISONED) {
      return isolate(batch, failed);
    }
    batch.failures++;
    batch.again |= failed.kind() == Failed.Kind.UNKNOWN;
    if (batch.failures == 1) {
      LOG.warn(
          "A batch of {} was not committed ({}), trying again: {}",
          batch.sends.size(),
          failed.kind(),
          failed.getCause().toString());
    }
    long pause = Math.min(500, PAUSE_MS << Math.min(batch.failures, 8));
    return vertx
        .timer(pause, TimeUnit.MILLISECONDS)
        .compose(
            timer -> {
              batch.sends.removeIf(Send::answered);
              return batch.sends.isEmpty() ? Future.succeededFuture() : run(batch);
            });
  }

  /** One row that can never be stored harms nobody else: halve until it stands alone. */
  private Future<Void> isolate(Batch batch, Failed failed) {
    if (batch.sends.size() == 1) {
      LOG.error("A message that passed every check was refused by the database", failed.getCause());
      batch.sends.get(0).fail(Problem.INVALID.at("/text", "cannot be stored"));
      return Future.succeededFuture();
    }
    int half = batch.sends.size() / 2;
    Batch first = batch.part(0, half);
    Batch second = batch.part(half, batch.sends.size());
    return run(first).transform(done -> run(second));
  }

  /** Whoever has waited too long is told so, and may send again; the batch itself goes on. */
  private void refuseLate() {
    long latest = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(bounds.deadlineMs());
    while (!byDeadline.isEmpty()
        && (byDeadline.peek().answered() || byDeadline.peek().arrivedNanos - latest < 0)) {
      Send late = byDeadline.poll();
      if (!late.answered()) {
        late.fail(
            Problem.UNAVAILABLE.retryAfter(
                1, "Not stored in time; send it again with the same clientId"));
      }
    }
    waiting.forgetAnswered();
    pumpSoon();
  }
}
