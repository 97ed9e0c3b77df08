package chat.parley.bench.load;

import java.util.Arrays;

/**
 * The sends of one crowd, numbered: when each was meant to be sent, and when the first sign came
 * that it is stored. Remembers the last million.
 */
final class Sends {
  private static final int MASK = (1 << 20) - 1;

  private final long[] intended = new long[MASK + 1];
  private final long[] signed = new long[MASK + 1];
  private final byte[][] templates;
  private final int[][] places;
  private long next;

  Sends(byte[][] templates) {
    this.templates = templates;
    this.places = new int[templates.length][];
    for (int i = 0; i < templates.length; i++) {
      places[i] = places(templates[i]);
    }
  }

  private static int[] places(byte[] template) {
    int[] found = new int[3];
    int count = 0;
    byte[] number = Dialect.bytes(Dialect.NUMBER);
    for (int i = 0; i + number.length <= template.length && count < found.length; i++) {
      if (Arrays.equals(template, i, i + number.length, number, 0, number.length)) {
        found[count++] = i;
        i += number.length;
      }
    }
    return found;
  }

  /** The frame of a new send to a room; good until the next call. */
  byte[] frame(int room, long intendedNanos) {
    byte[] frame = templates[room];
    for (int place : places[room]) {
      long rest = next;
      for (int i = 11; i >= 0; i--) {
        frame[place + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    intended[(int) next & MASK] = intendedNanos;
    signed[(int) next & MASK] = 0;
    next++;
    return frame;
  }

  long intended(long number) {
    return intended[(int) number & MASK];
  }

  /** The first sign of a send's commit: now, unless there was one before. */
  long signed(long number, long nowNanos) {
    int at = (int) number & MASK;
    if (signed[at] == 0) {
      signed[at] = nowNanos;
    }
    return signed[at];
  }
}
