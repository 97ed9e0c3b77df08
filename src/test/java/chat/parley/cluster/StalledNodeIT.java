package chat.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.TestCluster;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two channels without servers: one node stops reading, the other neither waits nor fills up. */
class StalledNodeIT {
  private static final int SIZE = 100_000;
  private static final int COUNT = 400;

  /** The queue, what flow control lets pass, and a few messages on their way. */
  private static final int MOST_KEPT = (Outbox.MOST_BYTES + 6_000_000) / SIZE;

  private final List<NodeAddress> nodes = List.of(TestCluster.free(), TestCluster.free());
  private final CompletableFuture<Void> reads = new CompletableFuture<>();
  private final List<Integer> heard = new CopyOnWriteArrayList<>();

  private Cluster join(int node, Consumer<byte[]> receiver) {
    return Await.get(
        Cluster.join(new Cluster.Options(nodes, nodes.get(node), TestCluster.SEED), receiver));
  }

  private void hear(byte[] told) {
    heard.add(ByteBuffer.wrap(told).getInt());
    reads.join();
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(SIZE).putInt(number).array();
  }

  @Test
  void nodeThatDoesNotReadHoldsNobodyUp() {
    Cluster a = join(0, told -> {});
    Cluster b = join(1, this::hear);
    try {
      Await.until("they are connected", () -> crosses(a, -1));
      heard.clear();
      Stopwatch from = Stopwatch.started();
      IntStream.range(0, COUNT).forEach(number -> a.tell(numbered(number)));
      Duration took = from.elapsed();
      assertTrue(took.toSeconds() < 5, () -> "telling took " + took);

      reads.complete(null);
      Await.until("it reads again", () -> crosses(a, COUNT));
      List<Integer> kept = heard.stream().filter(number -> number >= 0 && number < COUNT).toList();
      assertEquals(kept.stream().sorted().distinct().toList(), kept, "in order");
      assertTrue(kept.size() < MOST_KEPT, () -> kept.size() + " were kept");
    } finally {
      Await.get(b.leave());
      Await.get(a.leave());
    }
  }

  /** Tells it again until it is heard: what is told while the queue is full is dropped. */
  private boolean crosses(Cluster from, int number) {
    from.tell(numbered(number));
    return heard.contains(number);
  }
}
