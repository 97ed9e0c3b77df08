package chat.parley.realtime;

import chat.parley.bus.Failure;
import chat.parley.model.Limit;
import chat.parley.model.Live;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What one socket hears: its rooms, the rooms it has asked for, and its person's own events. */
final class Hearing {
  private static final String ROOM = "room.";
  private static final String USER = "user.";

  /** Our own client's answer to a ping: the heads that changed since the last one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pong(String type, List<Live.RoomHead> heads, Long user) {}

  private final Session session;
  private final RoomHub hub;
  private final UserHub users;
  private final Map<UUID, Subscription> rooms = new HashMap<>();
  private final Map<UUID, Registrar.Wish> wishes = new HashMap<>();
  private boolean hearsUser;

  Hearing(Session session, RoomHub hub, UserHub users) {
    this.session = session;
    this.hub = hub;
    this.users = users;
  }

  /** How many rooms are heard. */
  int size() {
    return rooms.size();
  }

  Subscription of(UUID roomId) {
    return rooms.get(roomId);
  }

  /** False when the address is nobody's or somebody else's. */
  boolean register(String address) {
    UUID roomId = ClientFrame.idIn(address, ROOM);
    if (isMine(address)) {
      hearsUser = true;
      users.register(session);
    } else if (roomId != null) {
      registerRoom(roomId);
    } else {
      return false;
    }
    return true;
  }

  private boolean isMine(String address) {
    return session.userId().equals(ClientFrame.idIn(address, USER));
  }

  private void registerRoom(UUID roomId) {
    if (rooms.containsKey(roomId)) {
      tellHead(rooms.get(roomId));
    } else if (rooms.size() + wishes.size() >= Limit.ADDRESSES_BY_SOCKET.most()) {
      session.close(CloseCode.TOO_MANY);
    } else if (!wishes.containsKey(roomId)) {
      wishes.put(roomId, hub.register(session, roomId));
    }
  }

  /** False when the address is nobody's or somebody else's. */
  boolean unregister(String address) {
    UUID roomId = ClientFrame.idIn(address, ROOM);
    if (isMine(address)) {
      leaveUser();
    } else if (roomId != null) {
      leaveRoom(roomId);
    } else {
      return false;
    }
    return true;
  }

  private void leaveRoom(UUID roomId) {
    Registrar.Wish wish = wishes.remove(roomId);
    if (wish != null) {
      wish.withdrawn = true;
    }
    Subscription subscription = rooms.remove(roomId);
    if (subscription != null) {
      hub.leave(subscription);
    }
  }

  private void leaveUser() {
    if (hearsUser) {
      hearsUser = false;
      users.leave(session);
    }
  }

  /** The hub has let this socket in. */
  void joined(Subscription subscription) {
    wishes.remove(subscription.feed.roomId);
    rooms.put(subscription.feed.roomId, subscription);
    tellHead(subscription);
  }

  void refused(RoomFeed feed, Failure failure) {
    wishes.remove(feed.roomId);
    session.refuse(feed.address, failure);
  }

  /** No longer a member: the hub has stopped delivering already. */
  void dismissed(Subscription subscription) {
    rooms.remove(subscription.feed.roomId);
  }

  Pong pong() {
    List<Live.RoomHead> heads = new ArrayList<>();
    for (Subscription each : rooms.values()) {
      if (each.feed.delivered() != each.told) {
        heads.add(head(each));
      }
    }
    return new Pong("pong", heads, hearsUser ? users.version(session.userId()) : null);
  }

  /** A stock client's ping has no answer; it is told what its pong would say as events. */
  void tellChangedHeads() {
    rooms.values().stream()
        .filter(each -> each.feed.delivered() != each.told)
        .forEach(this::tellHead);
  }

  void tellHeads() {
    rooms.values().forEach(this::tellHead);
    users.tellHead(session);
  }

  private void tellHead(Subscription subscription) {
    session.tell(subscription.feed.address, head(subscription));
  }

  private static Live.RoomHead head(Subscription subscription) {
    RoomFeed feed = subscription.feed;
    subscription.told = feed.delivered();
    return new Live.RoomHead(feed.roomId, feed.delivered(), feed.lastSeq());
  }

  /** Nothing is heard from now on, and nothing that was asked for will be. */
  void stop() {
    List.copyOf(wishes.keySet()).forEach(this::leaveRoom);
    List.copyOf(rooms.keySet()).forEach(this::leaveRoom);
    leaveUser();
  }
}
