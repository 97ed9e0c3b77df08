package chat.parley.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads ISO-8601 with an offset or Z, and nothing else: no numbers, no local times. */
final class IsoInstantReader extends StdDeserializer<Instant> {
  private static final long serialVersionUID = 1;

  IsoInstantReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
    String text = json.getValueAsString();
    try {
      return OffsetDateTime.parse(text == null ? "" : text).toInstant();
    } catch (DateTimeException none) {
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "not a time");
    }
  }
}
