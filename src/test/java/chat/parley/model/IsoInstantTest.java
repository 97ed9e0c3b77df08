package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
  private static void sameAsTheLibrary(Instant instant) {
    assertEquals(DateTimeFormatter.ISO_INSTANT.format(instant), IsoInstant.text(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T12:00:00Z",
        "2026-11-21T12:00:00.001Z",
        "2024-02-29T23:59:59.999Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.500Z",
        "9999-12-31T23:59:59.999Z",
        "1000-01-01T00:00:00Z",
        "0999-12-31T23:59:59Z",
        "2026-11-21T12:00:00.000001Z",
        "2026-11-21T12:00:00.123456789Z",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z"
      })
  void edgesAreAsTheLibraryHasThem(String text) {
    sameAsTheLibrary(Instant.parse(text));
  }

  @Test
  void anyInstantIsAsTheLibraryHasIt() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      sameAsTheLibrary(
          Instant.ofEpochMilli(random.nextLong(-80_000_000_000_000L, 300_000_000_000_000L)));
    }
  }
}
