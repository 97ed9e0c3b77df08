package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final long NOW = 1_000_000_000_000L;

  private final Rhythm rhythm = new Rhythm(NOW);

  @Test
  void sendThatComesAloneGoesAtOnce() {
    assertEquals(0, rhythm.waitNanos(NOW, 1, false));
    rhythm.started(NOW, 1);
    assertEquals(0, rhythm.waitNanos(NOW + 1, 1, false));
  }

  @Test
  void fewWaitForMore() {
    rhythm.started(NOW, 3);
    assertEquals(Rhythm.APART_NANOS - 500_000, rhythm.waitNanos(NOW + 500_000, 1, false));
    assertEquals(Rhythm.APART_NANOS - 500_000, rhythm.waitNanos(NOW + 500_000, 9, false));
    assertEquals(0, rhythm.waitNanos(NOW + Rhythm.APART_NANOS, 1, false));
  }

  @Test
  void crowdWaitsForNothing() {
    rhythm.started(NOW, 3);
    assertEquals(0, rhythm.waitNanos(NOW + 1, Rhythm.CROWD, false));
    assertEquals(0, rhythm.waitNanos(NOW + 1, Rhythm.CROWD, true));
  }

  @Test
  void commitThatIsHeldUpHoldsUpNobodyElse() {
    rhythm.started(NOW, 1);
    assertEquals(Rhythm.HELD_UP_NANOS - 1, rhythm.waitNanos(NOW + 1, 1, true));
    assertEquals(0, rhythm.waitNanos(NOW + Rhythm.HELD_UP_NANOS, 1, true));
  }
}
