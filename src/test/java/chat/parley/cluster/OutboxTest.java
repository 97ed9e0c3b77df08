package chat.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever announces waits for no node, and what waits for one is bounded. */
class OutboxTest {
  private final CountDownLatch reads = new CountDownLatch(1);
  private final List<byte[]> sent = new CopyOnWriteArrayList<>();
  private final Outbox outbox =
      new Outbox(
          batch -> {
            reads.await();
            sent.addAll(Batch.read(batch, 0, batch.length));
          });

  @AfterEach
  void close() throws InterruptedException {
    reads.countDown();
    outbox.close();
  }

  private static byte[] numbered(int number, int size) {
    return ByteBuffer.allocate(size).putInt(number).array();
  }

  private List<Integer> numbers() {
    return sent.stream().map(each -> ByteBuffer.wrap(each).getInt()).toList();
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  @Test
  void nodeThatDoesNotReadHoldsNobodyUpAndTakesNoMoreThanItsShare() {
    outbox.open();
    int size = 1 << 20;
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> IntStream.range(0, 100).forEach(number -> outbox.put(numbered(number, size))));
    assertTrue(outbox.waitingBytes() <= Outbox.MOST_BYTES, "bytes " + outbox.waitingBytes());
    assertTrue(outbox.dropped() >= 83, "dropped " + outbox.dropped());
    long fitted = 100 - outbox.dropped();
    reads.countDown();
    Await.until("what fitted is sent", () -> sent.size() == fitted);
    assertEquals(numbers().stream().sorted().distinct().toList(), numbers(), "in order");

    int before = sent.size();
    outbox.put(numbered(4711, 8));
    Await.until("it goes on", () -> sent.size() > before);
    assertEquals(4711, numbers().get(before));
    assertEquals(0, outbox.waitingBytes());
  }

  @Test
  void manySmallOnesAreBoundedByTheirCount() {
    IntStream.range(0, Outbox.MOST + 10).forEach(number -> outbox.put(numbered(number, 4)));
    assertEquals(Outbox.MOST, outbox.waiting());
    assertEquals(10, outbox.dropped());
    reads.countDown();
    outbox.open();
    Await.until("all that fitted", () -> sent.size() == Outbox.MOST);
    assertEquals(upTo(Outbox.MOST), numbers());
  }

  @Test
  void lastWordsAreSent() throws InterruptedException {
    reads.countDown();
    IntStream.range(0, 100).forEach(number -> outbox.put(numbered(number, 1_000)));
    outbox.open();
    outbox.close();
    assertEquals(upTo(100), numbers());
  }

  @Test
  void failureLosesABatchAndNotTheRest() throws InterruptedException {
    List<byte[]> arrived = new CopyOnWriteArrayList<>();
    Outbox failing =
        new Outbox(
            batch -> {
              if (arrived.isEmpty()) {
                arrived.add(batch);
                throw new IOException("as planned");
              }
              arrived.add(batch);
            });
    IntStream.range(0, 100).forEach(number -> failing.put(numbered(number, 1_000)));
    failing.open();
    failing.close();
    assertEquals(3, arrived.size());
    assertEquals(0, failing.waitingBytes());
  }

  @Test
  void batchIsReadAsItWasWritten() {
    byte[] bytes = new Batch().add(new byte[] {1, 2}).add(new byte[0]).add(new byte[] {3}).bytes();
    List<byte[]> read = Batch.read(bytes, 0, bytes.length);
    assertEquals(3, read.size());
    assertArrayEquals(new byte[] {1, 2}, read.get(0));
    assertArrayEquals(new byte[0], read.get(1));
    assertArrayEquals(new byte[] {3}, read.get(2));
  }

  @Test
  void whatIsNoBatchIsRefusedAndAllocatesNothing() {
    byte[] lie = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array();
    assertThrows(RuntimeException.class, () -> Batch.read(lie, 0, lie.length));
    byte[] negative = ByteBuffer.allocate(8).putInt(-1).array();
    assertThrows(RuntimeException.class, () -> Batch.read(negative, 0, negative.length));
    Random random = new Random(4711);
    List<byte[]> read = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      try {
        read.addAll(Batch.read(noise, 0, noise.length));
      } catch (RuntimeException refused) {
        assertFalse(noise.length == 0);
      }
    }
    assertTrue(read.stream().allMatch(each -> each.length <= 36));
  }
}
