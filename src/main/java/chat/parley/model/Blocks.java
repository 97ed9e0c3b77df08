package chat.parley.model;

import java.util.UUID;

/** What is asked about whom a person wants to hear nothing from. The other one is never told. */
public final class Blocks {
  private Blocks() {}

  /** Block somebody ({@code blocked}), or no longer. */
  public record Put(Actor actor, UUID userId, boolean blocked) {}
}
