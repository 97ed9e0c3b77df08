package chat.parley.media;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What becomes of links. */
final class PreviewMeters {
  /** How it ends for one link. */
  enum Outcome {
    SHOWN,
    /** No page, or none that says what it is. */
    NOTHING,
    /** Not public, or not of the web, or redirected too often. */
    REFUSED,
    LATE,
    /** It could not be reached, or broke off. */
    FAILED,
    /** The message has gone, says something else, or wants none. */
    UNWANTED,
    /** Too much was to be done. */
    DROPPED
  }

  private final Map<Outcome, Counter> links = new EnumMap<>(Outcome.class);

  PreviewMeters(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      links.put(
          outcome,
          Counter.builder("parley.previews")
              .description("Links that were looked at, by what came of it.")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void count(Outcome outcome) {
    links.get(outcome).increment();
  }
}
