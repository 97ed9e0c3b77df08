package chat.parley.bench.load;

import chat.parley.bench.load.HttpCrowd.Ask;
import java.util.function.LongFunction;

/** Requests at a rate that waits for nobody; to be run at every turn of a loop. */
public final class HttpPace implements Runnable {
  private final HttpCrowd clients;
  private final double gapNanos;
  private final LongFunction<Ask> asks;
  private final long start = System.nanoTime();
  private long number;

  /**
   * @param asks the request of each number
   */
  public HttpPace(HttpCrowd clients, double perSecond, LongFunction<Ask> asks) {
    this.clients = clients;
    this.gapNanos = 1e9 / perSecond;
    this.asks = asks;
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    for (long due = due(); due <= now; due = due()) {
      clients.ask(asks.apply(number++), due);
    }
    clients.turn(0);
  }

  private long due() {
    return start + (long) (gapNanos * number);
  }

  /** Nothing but this, for so long. */
  public void runFor(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      run();
    }
  }
}
