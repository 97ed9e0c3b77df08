package chat.parley.realtime;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * One person in one room. There are as many as registrations, so nearly all of it is one object:
 * sets only for who hears the room on several loops or nodes.
 */
final class Seat {
  RoomHub hub;
  Set<RoomHub> moreHubs;

  /** On this node, also in their grace. */
  boolean ours;

  /** Known to be here, wherever. */
  boolean told;

  /** Other nodes where they are; null for none. */
  Set<UUID> elsewhere;

  void add(RoomHub another) {
    if (hub == null) {
      hub = another;
    } else if (hub != another) {
      moreHubs = moreHubs == null ? new HashSet<>(2) : moreHubs;
      moreHubs.add(another);
    }
  }

  /** Whether that was the last one. */
  boolean remove(RoomHub one) {
    boolean only = moreHubs == null && hub == one;
    if (only) {
      hub = null;
    } else if (moreHubs != null) {
      if (hub == one) {
        hub = moreHubs.iterator().next();
        moreHubs.remove(hub);
      } else {
        moreHubs.remove(one);
      }
      moreHubs = moreHubs.isEmpty() ? null : moreHubs;
    }
    return only;
  }

  boolean isEmpty() {
    return hub == null && !ours && !told && elsewhere == null;
  }
}
