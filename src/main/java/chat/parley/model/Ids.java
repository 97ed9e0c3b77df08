package chat.parley.model;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Identifiers: UUID version 7, so that rows made together lie together in an index. */
public final class Ids {
  private Ids() {}

  /** A new identifier, later than every one made before in this process. */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }
}
