package chat.parley.media;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of files. */
final class MediaMeters {
  final Counter kept;
  final Counter bytes;
  final Counter refused;
  final Counter erased;

  MediaMeters(MeterRegistry registry) {
    kept = counter(registry, "parley.media.kept", "Files that were kept.");
    bytes = counter(registry, "parley.media.kept.bytes", "Bytes of files that were kept.");
    refused =
        counter(
            registry, "parley.media.refused", "Files that had come in whole and were not kept.");
    erased = counter(registry, "parley.media.erased", "Files and small pictures that were erased.");
  }

  private static Counter counter(MeterRegistry registry, String name, String says) {
    return Counter.builder(name).description(says).register(registry);
  }
}
