package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;

/**
 * The one mapping between records and JSON: a component is a property of the same name, null is
 * absent, an instant is ISO-8601 UTC. Reading is strict: unknown or repeated properties, trailing
 * text and nesting beyond 32 are refused.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .maxNameLength(256)
                          .build())
                  .build())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule()
                  .addSerializer(new IsoInstant())
                  .addDeserializer(Instant.class, new IsoInstantReader()))
          .build();

  private Json() {}

  /** The record as UTF-8 JSON; O(size). */
  public static byte[] bytes(Object record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A record of ours cannot be written", impossible);
    }
  }

  /** Reads UTF-8 JSON strictly; throws {@link IOException} with the reason when it does not fit. */
  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /** A reader of tokens, as strict, for what is read too often to be mapped; to be closed. */
  public static JsonParser parser(String json) throws IOException {
    return MAPPER.getFactory().createParser(json);
  }
}
