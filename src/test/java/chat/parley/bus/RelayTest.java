package chat.parley.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.NodeNews;
import chat.parley.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Announcements go out once joined, and those of others come in, in order and not without end. */
class RelayTest {
  private static final UUID NODE = UUID.randomUUID();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Bus bus = Bus.of(vertx);
  private final List<byte[]> told = new CopyOnWriteArrayList<>();
  private final List<NodeNews> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    Await.get(vertx.close());
  }

  private static byte[] beat(long number) {
    return WireForm.write(new NodeNews.Beat(NODE, number)).getBytes();
  }

  private void listen() {
    bus.join("a", told::add);
    bus.hear(Addresses.NODES, "", heard::add);
  }

  @Test
  void onlyWhoJoinedTellsOthersAndEveryBusOfTheSameVertxDoes() {
    assertFalse(bus.isClustered());
    bus.publish(Addresses.NODES, "", new NodeNews.Beat(NODE, 1));
    bus.received(beat(1));
    assertEquals(List.of(), told);
    listen();
    assertTrue(Bus.of(vertx).isClustered());
    bus.publish(Addresses.NODES, "", new NodeNews.Beat(NODE, 2));
    assertEquals(1, told.size());
    bus.publishHere(Addresses.NODES, "", new NodeNews.Beat(NODE, 3));
    assertEquals(1, told.size());
  }

  @Test
  void whatArrivesIsHeardInOrderAndNotToldAgainAndNoiseIsDropped() {
    listen();
    LongStream.range(0, 1_000)
        .forEach(
            number -> {
              bus.received(beat(number));
              bus.received(new byte[] {1, 99, (byte) number});
            });
    Await.until("all are heard", () -> heard.size() == 1_000);
    assertEquals(
        LongStream.range(0, 1_000).boxed().toList(),
        heard.stream().map(news -> ((NodeNews.Beat) news).number()).toList());
    assertEquals(List.of(), told);
  }

  @Test
  void busyEventLoopKeepsNoMoreThanItsShareAndHoldsNobodyUp() {
    listen();
    CompletableFuture<Void> busy = new CompletableFuture<>();
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(turn -> busy.join());
    byte[] noise = new byte[(int) Relay.MOST_BYTES / 16];
    IntStream.range(0, 100).forEach(each -> bus.received(noise));
    bus.received(beat(1));
    busy.complete(null);
    Await.get(Future.future(through -> loop.runOnContext(turn -> through.complete())));
    bus.received(beat(2));
    Await.until("it goes on", () -> !heard.isEmpty());
    assertEquals(List.of(new NodeNews.Beat(NODE, 2)), heard, "what was above the share is dropped");
  }

  @Test
  void whatComesAfterTheEndHarmsNobody() {
    listen();
    Await.get(vertx.close());
    bus.received(beat(1));
    assertEquals(List.of(), heard);
  }
}
