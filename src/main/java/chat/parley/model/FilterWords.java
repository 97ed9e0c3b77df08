package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is said about the words that a server does not want to hear, or wants to be told of. */
public final class FilterWords {
  /** On a server. */
  public static final int MOST = 2_000;

  private FilterWords() {}

  /** What happens to a message that holds the word. */
  public enum Action {
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("flag")
    FLAG
  }

  /** The list has changed: whoever keeps a copy is to read it anew. */
  public record Changed(long version) {}
}
