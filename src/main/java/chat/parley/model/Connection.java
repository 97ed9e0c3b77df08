package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * A socket that is open, as administrators see it.
 *
 * @param sessionId the session it was opened by
 * @param address where it comes from; behind a trusted proxy what that one says
 * @param agent what the client called itself; empty when it did not
 * @param rooms how many it hears
 * @param queueBytes what its peer has not taken yet
 * @param behindMs for how long it gets no more than where its rooms stand; null while it keeps up
 * @param quietMs since its client last said anything
 * @param node the node it is open on; null where there is but one
 */
public record Connection(
    UUID id,
    Person user,
    UUID sessionId,
    Transport transport,
    String address,
    String agent,
    Instant since,
    int rooms,
    long queueBytes,
    Long behindMs,
    long quietMs,
    String node) {

  /** How it speaks: the bus protocol on a WebSocket or over SockJS, or a script's plain words. */
  public enum Transport {
    @JsonProperty("raw")
    RAW,
    @JsonProperty("sockjs")
    SOCKJS,
    @JsonProperty("script")
    SCRIPT
  }
}
