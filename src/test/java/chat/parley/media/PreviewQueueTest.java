package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.Previews;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PreviewQueueTest {
  private static final UUID ROOM = UUID.randomUUID();

  private final PreviewQueue queue = new PreviewQueue();
  private int seq;

  private PreviewQueue.Job job(UUID sender, String link) {
    return new PreviewQueue.Job(
        new Previews.Said(ROOM, ++seq, sender, link), link, PreviewPlace.of(link).orElseThrow());
  }

  @Test
  void oneOfAHostAtATimeAndFewInAll() {
    UUID ann = UUID.randomUUID();
    for (String host : new String[] {"a", "a", "b", "c"}) {
      assertTrue(queue.offer(job(ann, "http://" + host + ".example/")));
    }
    PreviewQueue.Job first = queue.next();
    assertEquals("a.example", first.place().host());
    assertEquals("b.example", queue.next().place().host());
    assertEquals("c.example", queue.next().place().host());
    assertNull(queue.next(), "the second of a waits for the first");
    queue.done(first);
    assertEquals("a.example", queue.next().place().host());
    for (int i = 0; i < 9; i++) {
      queue.offer(job(UUID.randomUUID(), "http://d" + i + ".example/"));
    }
    assertEquals("d0.example", queue.next().place().host());
    assertNull(queue.next(), "four are under way");
  }

  @Test
  void waitsForFewOfOnePersonAndForNoMoreThanItHolds() {
    UUID ann = UUID.randomUUID();
    for (int i = 0; i < PreviewQueue.MOST_OF_ONE; i++) {
      assertTrue(queue.offer(job(ann, "http://a" + i + ".example/")));
    }
    assertFalse(queue.offer(job(ann, "http://b.example/")));
    for (int i = PreviewQueue.MOST_OF_ONE; i < PreviewQueue.MOST; i++) {
      assertTrue(queue.offer(job(UUID.randomUUID(), "http://c.example/")));
    }
    assertFalse(queue.offer(job(UUID.randomUUID(), "http://c.example/")));
  }
}
