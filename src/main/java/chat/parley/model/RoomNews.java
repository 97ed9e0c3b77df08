package chat.parley.model;

import java.util.UUID;

/** What every hub that serves a room hears on the bus. */
public sealed interface RoomNews permits RoomBatch, Seen, Signal {
  UUID roomId();
}
