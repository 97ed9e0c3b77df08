package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/** What is asked about who may not come into a room. */
public final class Bans {
  private Bans() {}

  /** Keep somebody out; a member is removed. */
  public record Add(Actor actor, UUID roomId, UUID userId) {}

  /** Let them come again. */
  public record Lift(Actor actor, UUID roomId, UUID userId) {}

  /** All bans of a room. */
  public record ListOf(UUID readerId, UUID roomId) {}

  /** Somebody is kept out; {@code by} is who said so. */
  public record Ban(Person user, Person by, Instant at) {}
}
