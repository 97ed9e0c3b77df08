package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * What is said on a socket and does not last. Lost, it is not asked for again; a {@link Head} says
 * where things stand.
 */
public sealed interface Live {
  @JsonProperty("type")
  String type();

  /** Where a room stands: more than I have means that I should sync. */
  @JsonPropertyOrder("type")
  record RoomHead(UUID roomId, long version, long lastSeq) implements Live {
    @Override
    public String type() {
      return "head";
    }
  }

  /** Where my own state stands. */
  @JsonPropertyOrder("type")
  record UserHead(long version) implements Live {
    @Override
    public String type() {
      return "head";
    }
  }

  /** Somebody is typing. */
  @JsonPropertyOrder("type")
  record Typing(UUID roomId, Person user) implements Live {
    @Override
    public String type() {
      return "typing";
    }
  }

  /** Somebody has read as far as this message; told in rooms of at most 100. */
  @JsonPropertyOrder("type")
  record Read(UUID roomId, UUID userId, long seq) implements Live {
    @Override
    public String type() {
      return "read";
    }
  }

  /** Who is here, once, after registering; at most 100 of {@code count}. */
  @JsonPropertyOrder("type")
  record Present(UUID roomId, Collection<UUID> online, int count) implements Live {
    @Override
    public String type() {
      return "presence";
    }
  }

  /** Somebody came or went. */
  @JsonPropertyOrder("type")
  record Presence(UUID roomId, UUID userId, boolean online, int count) implements Live {
    @Override
    public String type() {
      return "presence";
    }
  }

  /**
   * What proved this socket ends soon; a newer token, sent as {@code auth}, prolongs it.
   *
   * @param expiresAt when the socket is closed otherwise
   */
  @JsonPropertyOrder("type")
  record SessionExpiring(Instant expiresAt) implements Live {
    @Override
    public String type() {
      return "session-expiring";
    }
  }

  /**
   * Administrators tell something to everybody.
   *
   * @param announcement null when it is not shown any more
   */
  @JsonPropertyOrder("type")
  record Announced(UUID id, Announcement announcement) implements Live {
    @Override
    public String type() {
      return "announcement";
    }
  }

  /** This session is over. */
  @JsonPropertyOrder("type")
  record SessionEnded() implements Live {
    @Override
    public String type() {
      return "session-ended";
    }
  }
}
