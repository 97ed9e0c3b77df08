package chat.parley.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Accounts.SessionsEnded;
import chat.parley.model.FilterWords;
import chat.parley.model.NodeNews;
import chat.parley.model.RoomBatch;
import chat.parley.model.Seen;
import chat.parley.model.Signal;
import chat.parley.model.UserNotice;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one node writes the other reads; what nobody wrote is refused without harm. */
class WireFormTest {
  private static final UUID A = UUID.randomUUID();
  private static final UUID B = UUID.randomUUID();
  private static final byte[] JSON = "{\"text\":\"Grüße\"}".getBytes(StandardCharsets.UTF_8);
  private static final NodeNews.Place PLACE = new NodeNews.Place(A, B, 7);

  /** One of each kind, but for arrays of bytes, which records do not compare. */
  private static List<Object> plain() {
    return List.of(
        new SessionsEnded(List.of(A, B)),
        new AccountChanged(A),
        new NodeNews.Beat(A, 5),
        new NodeNews.Changes(A, 6, List.of(new NodeNews.Change(PLACE, true))),
        new NodeNews.Whole(A, 6, 1, true, List.of(PLACE, PLACE)),
        new NodeNews.Ask(A, B),
        new NodeNews.Leaving(A),
        new FilterWords.Changed(7));
  }

  private static List<Object> all() {
    RoomBatch.Entry message = new RoomBatch.Entry(8, 3, null, false, 3, JSON);
    RoomBatch.Entry removal = new RoomBatch.Entry(9, 0, B, true, 0, JSON);
    List<Object> all = new java.util.ArrayList<>(plain());
    all.add(new RoomBatch(A, List.of(message, removal)));
    all.add(new Signal(A, 9, B, JSON));
    all.add(new UserNotice(B, 2, JSON));
    all.add(new Seen(A, 9, B, 4));
    return all;
  }

  @Test
  void everyAnnouncementComesAsItWent() {
    for (Object event : plain()) {
      assertEquals(event, WireForm.read(WireForm.write(event)));
    }
    for (Object event : all()) {
      Buffer bytes = WireForm.write(event);
      assertEquals(bytes, WireForm.write(WireForm.read(bytes)));
    }
    RoomBatch batch = (RoomBatch) WireForm.read(WireForm.write(all().get(plain().size())));
    assertEquals(B, batch.entries().get(1).memberId());
    assertArrayEquals(JSON, batch.entries().get(0).json());
  }

  @Test
  void cutOffProlongedAndForeignOnesAreRefused() {
    for (Object event : all()) {
      Buffer bytes = WireForm.write(event);
      for (int length = 0; length < bytes.length(); length++) {
        Buffer part = bytes.getBuffer(0, length);
        assertThrows(RuntimeException.class, () -> WireForm.read(part));
      }
      assertThrows(RuntimeException.class, () -> WireForm.read(bytes.copy().appendByte((byte) 0)));
      assertThrows(RuntimeException.class, () -> WireForm.read(bytes.copy().setByte(0, (byte) 3)));
      assertThrows(RuntimeException.class, () -> WireForm.read(bytes.copy().setByte(1, (byte) 99)));
    }
  }

  @Test
  void noiseIsReadOrRefusedAndNeverMore() {
    Random random = new Random(20261121);
    List<Object> all = all();
    for (int i = 0; i < 20_000; i++) {
      Buffer bytes = WireForm.write(all.get(i % all.size()));
      for (int flips = 0; flips < 3; flips++) {
        bytes.setByte(random.nextInt(bytes.length()), (byte) random.nextInt());
      }
      try {
        WireForm.read(bytes);
      } catch (RuntimeException refused) {
        // As it should be; an error would end the test.
      }
    }
  }
}
