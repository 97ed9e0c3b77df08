package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** Everybody who takes part in a workload, and the rooms they are in. */
final class Cast {
  private record Room(String id, Participant owner) {}

  private final History history;
  private final Nodes nodes;
  private final Bounds bounds;
  private final Random random;
  private final List<Participant> participants = new ArrayList<>();
  private final List<Doorkeeper> doorkeepers = new ArrayList<>();
  private final List<Visitor> visitors = new ArrayList<>();
  private final List<Room> rooms = new ArrayList<>();
  private final Set<Participant> atRest = ConcurrentHashMap.newKeySet();

  Cast(History history, Nodes nodes, Bounds bounds, Random random) {
    this.history = history;
    this.nodes = nodes;
    this.bounds = bounds;
    this.random = random;
  }

  List<Participant> participants() {
    return participants;
  }

  List<Doorkeeper> doorkeepers() {
    return doorkeepers;
  }

  List<Visitor> visitors() {
    return visitors;
  }

  /** Makes accounts and rooms; side by side, since a password takes its time. */
  void enter(Workload.Size size, ExecutorService threads) {
    List<Callable<Participant>> wishes = new ArrayList<>();
    for (int i = 0; i < size.people(); i++) {
      String name = "p" + i;
      Random theirs = new Random(random.nextLong());
      wishes.add(() -> participant(name, theirs));
    }
    try {
      for (var made : threads.invokeAll(wishes)) {
        participants.add(made.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < size.rooms(); i++) {
      rooms.add(room(i));
    }
    for (int i = 0; i < 2; i++) {
      List<String> theirs = participants.get(i).device.rooms().stream().map(Replica::room).toList();
      Account account = participants.get(i).device.session().account();
      visitors.add(
          new Visitor(history, nodes, account, theirs, new Random(random.nextLong()), bounds));
    }
  }

  private Participant participant(String name, Random theirs) {
    Device device = new Device(name, history, nodes, theirs);
    String url = nodes.any(theirs);
    Account account = Account.register(device.rest, url, name);
    device.signIn(account.login(device.rest, url, name));
    return new Participant(history, device, theirs);
  }

  /** The owner and a good half of the others. */
  private Room room(int number) {
    Participant owner = participants.get(number % participants.size());
    List<Participant> others = new ArrayList<>(participants);
    others.remove(owner);
    Collections.shuffle(others, random);
    List<Participant> members = others.subList(0, 2 + others.size() / 2);
    List<String> ids = members.stream().map(each -> each.device.me()).toList();
    Rest.Reply made =
        owner.device.call(
            "POST",
            "/chat/rooms",
            Json.of("kind", "group", "name", "Room " + number, "members", ids));
    if (made.status() != 201) {
      throw new AssertionError("No room: " + made);
    }
    String id = made.body().path("id").asText();
    if (number == 0) {
      guard(owner.device, id);
    }
    owner.device.follow(id);
    members.forEach(each -> each.device.follow(id));
    doorkeepers.add(new Doorkeeper(history, owner.device, id, ids, new Random(random.nextLong())));
    return new Room(id, owner);
  }

  /** One of the rooms shows nobody what was said before they came. */
  private void guard(Device owner, String room) {
    Rest.Reply set = owner.call("PATCH", "/chat/rooms/" + room, Json.of("history", "joined"));
    if (!set.isOk()) {
      throw new AssertionError("The room is as open as before: " + set);
    }
    history.add(new Fact.Guarded(history.now(), room));
  }

  /** Nothing changes any more: everything sent is settled and nobody is shut out. */
  boolean mayRest() {
    return participants.stream().allMatch(Participant::isSettled)
        && doorkeepers.stream().allMatch(Doorkeeper::isDone)
        && visitors.stream().allMatch(Visitor::isDone);
  }

  boolean isAtRest(Participant each) {
    return atRest.contains(each);
  }

  void atRest(Participant each) {
    atRest.add(each);
  }

  boolean isAllAtRest() {
    return atRest.size() == participants.size();
  }

  List<String> restless() {
    return participants.stream()
        .filter(each -> !isAtRest(each))
        .map(each -> each.device.name)
        .toList();
  }

  /** Reads every room from every node. */
  void scan() {
    for (String url : nodes.alive()) {
      rooms.forEach(room -> scan(url, room));
    }
  }

  private void scan(String url, Room room) {
    List<Fact.Message> messages = new ArrayList<>();
    JsonNode page;
    long after = 0;
    do {
      Device reader = room.owner.device;
      Rest.Reply reply =
          reader.rest.call(
              url,
              reader.session().accessToken(),
              "GET",
              "/chat/rooms/" + room.id + "/messages?limit=200&after=" + after,
              null);
      if (!reply.isOk()) {
        throw new AssertionError("The scan was refused: " + reply);
      }
      page = reply.body();
      page.path("items").forEach(item -> messages.add(Json.message(item)));
      after = page.path("next").asLong(-1);
    } while (after >= 0);
    long lastSeq = page.path("head").path("lastSeq").asLong();
    history.add(new Fact.Scanned(history.now(), url, room.id, lastSeq, messages));
  }

  void leave() {
    participants.forEach(each -> each.device.disconnect());
  }
}
