package chat.parley.realtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The sockets that hear a room on one event loop: a set, walked fast and changed in O(1), that also
 * knows the people.
 */
final class Listeners {
  private final List<Subscription> all = new ArrayList<>();
  private final Map<UUID, Subscription> firstOfUser = new HashMap<>();

  /** Adds; true when this person was not here before. */
  boolean add(Subscription subscription) {
    subscription.index = all.size();
    all.add(subscription);
    subscription.sameUser = firstOfUser.put(subscription.userId(), subscription);
    return subscription.sameUser == null;
  }

  /** Takes out; true when this was the person's last socket here. */
  boolean remove(Subscription subscription) {
    if (subscription.index < 0) {
      return false;
    }
    Subscription last = all.remove(all.size() - 1);
    if (last != subscription) {
      all.set(subscription.index, last);
      last.index = subscription.index;
    }
    subscription.index = -1;
    return unlink(subscription);
  }

  private boolean unlink(Subscription subscription) {
    Subscription first = firstOfUser.get(subscription.userId());
    if (first == subscription) {
      if (subscription.sameUser == null) {
        firstOfUser.remove(subscription.userId());
        return true;
      }
      firstOfUser.put(subscription.userId(), subscription.sameUser);
      return false;
    }
    Subscription before = first;
    while (before.sameUser != subscription) {
      before = before.sameUser;
    }
    before.sameUser = subscription.sameUser;
    return false;
  }

  /** Every socket of one person. */
  List<Subscription> of(UUID userId) {
    List<Subscription> theirs = new ArrayList<>();
    for (Subscription s = firstOfUser.get(userId); s != null; s = s.sameUser) {
      theirs.add(s);
    }
    return theirs;
  }

  Collection<Subscription> all() {
    return all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }
}
