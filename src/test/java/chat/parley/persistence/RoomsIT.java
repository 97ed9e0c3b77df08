package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.model.Event;
import chat.parley.model.History;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.NewRoom;
import chat.parley.model.Page;
import chat.parley.model.ReadMark;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.RoomList;
import chat.parley.model.Rooms;
import chat.parley.model.Sync;
import chat.parley.model.User;
import chat.parley.testing.Await;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms, members, history and catching up, as the other rooms ask for them. */
class RoomsIT {
  @RegisterExtension final Backstage parley = new Backstage();

  private Rooms.Created create(User maker, RoomKind kind, String name, UUID... members) {
    return parley.ask(
        Addresses.ROOMS_CREATE,
        new Rooms.Create(parley.actor(maker), new NewRoom(kind, name, List.of(members))));
  }

  private Sync sync(User reader, Room room, long since, int limit) {
    return parley.ask(
        Addresses.ROOMS_SYNC, new Rooms.SyncSince(reader.id(), room.id(), since, limit));
  }

  private RoomList mine(User reader, Long since) {
    return parley.ask(Addresses.ROOMS_LIST, new Rooms.ListMine(reader.id(), since));
  }

  private void add(User owner, Room room, User whom) {
    parley.ask(
        Addresses.MEMBERS_ADD, new Rooms.AddMember(parley.actor(owner), room.id(), whom.id()));
  }

  private void remove(User owner, Room room, User whom) {
    parley.ask(
        Addresses.MEMBERS_REMOVE,
        new Rooms.RemoveMember(parley.actor(owner), room.id(), whom.id()));
  }

  @Test
  void directRoomIsFoundAgainByEitherSide() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Rooms.Created first = create(ann, RoomKind.DIRECT, null, bob.id());
    Rooms.Created again = create(bob, RoomKind.DIRECT, null, ann.id());
    assertTrue(first.fresh());
    assertFalse(again.fresh());
    assertEquals(first.room().id(), again.room().id());
    assertEquals(
        Set.of("ann", "bob"),
        again.room().members().stream()
            .map(person -> person.username())
            .collect(Collectors.toSet()));
  }

  @Test
  void directRoomMadeByBothAtOnceIsOne() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    List<Future<Rooms.Created>> wishes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      User maker = i % 2 == 0 ? ann : bob;
      User other = i % 2 == 0 ? bob : ann;
      wishes.add(
          parley.bus.ask(
              Addresses.ROOMS_CREATE,
              new Rooms.Create(
                  parley.actor(maker), new NewRoom(RoomKind.DIRECT, null, List.of(other.id())))));
    }
    List<Rooms.Created> made = wishes.stream().map(Await::get).toList();
    assertEquals(1, made.stream().map(each -> each.room().id()).distinct().count());
    assertEquals(1, made.stream().filter(Rooms.Created::fresh).count());
  }

  @Test
  void wishesThatMakeNoSenseAreRefused() {
    User ann = parley.person("ann");
    UUID nobody = new UUID(7, 7);
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.DIRECT, null, ann.id()));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.DIRECT, null));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.DIRECT, "named", nobody));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.DIRECT, null, nobody));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.GROUP, null));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.GROUP, "  "));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.PUBLIC, "x".repeat(81)));
    assertEquals(Problem.INVALID, refusedWish(ann, RoomKind.GROUP, "with a stranger", nobody));
    assertEquals(0, parley.number("select count(*) from rooms"));
  }

  private Problem refusedWish(User maker, RoomKind kind, String name, UUID... members) {
    return parley.refused(
        Addresses.ROOMS_CREATE,
        new Rooms.Create(parley.actor(maker), new NewRoom(kind, name, List.of(members))));
  }

  @Test
  void whatIsNotMineDoesNotExist() {
    User ann = parley.person("ann");
    User eve = parley.person("eve");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "private");
    UUID id = room.id();
    assertEquals(
        Problem.NOT_FOUND, parley.refused(Addresses.ROOMS_GET, new Rooms.Get(eve.id(), id)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.ROOMS_SYNC, new Rooms.SyncSince(eve.id(), id, 0, 50)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(
            Addresses.MESSAGES_PAGE, new Messages.ReadPage(eve.id(), id, null, null, 50)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.MESSAGES_GET, new Messages.Get(eve.id(), id, 1)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(
            Addresses.MEMBERS_LIST, new Rooms.ListMembers(eve.id(), id, null, null, 50)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.MEMBERS_JOIN, new Rooms.Join(parley.actor(eve), id)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.MEMBERS_LEAVE, new Rooms.Leave(parley.actor(eve), id)));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(
            Addresses.MEMBERS_ADD, new Rooms.AddMember(parley.actor(eve), id, eve.id())));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.ROOMS_READ, new Rooms.MarkRead(parley.actor(eve), id, 1)));
    assertEquals(0, mine(eve, null).heads().size());
  }

  @Test
  void publicRoomShowsItsSummaryAndCanBeJoined() {
    User ann = parley.person("ann");
    User eve = parley.person("eve");
    Room room = create(ann, RoomKind.PUBLIC, "Straße & Bücher").room();
    parley.post(ann, room, "welcome");
    Room summary = parley.ask(Addresses.ROOMS_GET, new Rooms.Get(eve.id(), room.id()));
    assertNull(summary.me());
    assertNull(summary.lastMessage());
    assertEquals(
        Problem.FORBIDDEN,
        parley.refused(
            Addresses.MESSAGES_PAGE, new Messages.ReadPage(eve.id(), room.id(), null, null, 50)));

    Page<Room, String> found =
        parley.ask(Addresses.ROOMS_DIRECTORY, new Rooms.Directory(eve.id(), "STRASSE", null, 10));
    assertEquals(List.of(room.id()), found.items().stream().map(Room::id).toList());

    Room joined = parley.ask(Addresses.MEMBERS_JOIN, new Rooms.Join(parley.actor(eve), room.id()));
    assertEquals(Room.MyPlace.plain(MemberRole.MEMBER, 1, 0), joined.me());
    assertEquals(2, joined.memberCount());
    Room again = parley.ask(Addresses.MEMBERS_JOIN, new Rooms.Join(parley.actor(eve), room.id()));
    assertEquals(joined.version(), again.version());
  }

  @Test
  void directoryPagesByName() {
    User ann = parley.person("ann");
    for (String name : List.of("cc", "AA", "bb", "dd", "aa")) {
      create(ann, RoomKind.PUBLIC, name);
    }
    List<String> names = new ArrayList<>();
    String after = null;
    do {
      Page<Room, String> page =
          parley.ask(Addresses.ROOMS_DIRECTORY, new Rooms.Directory(ann.id(), null, after, 2));
      page.items().forEach(room -> names.add(room.name().toLowerCase(java.util.Locale.ROOT)));
      after = page.next();
    } while (after != null);
    assertEquals(List.of("aa", "aa", "bb", "cc", "dd"), names);
    assertEquals(
        Problem.INVALID,
        parley.refused(
            Addresses.ROOMS_DIRECTORY, new Rooms.Directory(ann.id(), null, "nonsense!", 2)));
  }

  @Test
  void onlyTheOwnerAddsAndRemoves() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    User eve = parley.person("eve");
    Room room = parley.room(RoomKind.GROUP, ann, bob);
    assertEquals(
        Problem.FORBIDDEN,
        parley.refused(
            Addresses.MEMBERS_ADD, new Rooms.AddMember(parley.actor(bob), room.id(), eve.id())));
    assertEquals(
        Problem.FORBIDDEN,
        parley.refused(
            Addresses.MEMBERS_REMOVE,
            new Rooms.RemoveMember(parley.actor(bob), room.id(), ann.id())));
    assertEquals(
        Problem.FORBIDDEN,
        parley.refused(
            Addresses.MEMBERS_REMOVE,
            new Rooms.RemoveMember(parley.actor(ann), room.id(), ann.id())));
    add(ann, room, eve);
    add(ann, room, eve);
    assertEquals(
        3, parley.ask(Addresses.ROOMS_GET, new Rooms.Get(eve.id(), room.id())).memberCount());
    remove(ann, room, eve);
    remove(ann, room, eve);
    assertEquals(
        Problem.NOT_FOUND, parley.refused(Addresses.ROOMS_GET, new Rooms.Get(eve.id(), room.id())));
  }

  @Test
  void directRoomsHaveNoDoor() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    User eve = parley.person("eve");
    Room room = parley.room(RoomKind.DIRECT, ann, bob);
    assertEquals(
        Problem.CONFLICT,
        parley.refused(Addresses.MEMBERS_LEAVE, new Rooms.Leave(parley.actor(ann), room.id())));
    assertEquals(
        Problem.CONFLICT,
        parley.refused(
            Addresses.MEMBERS_ADD, new Rooms.AddMember(parley.actor(ann), room.id(), eve.id())));
    assertEquals(
        Problem.CONFLICT,
        parley.refused(
            Addresses.MEMBERS_REMOVE,
            new Rooms.RemoveMember(parley.actor(ann), room.id(), bob.id())));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.MEMBERS_JOIN, new Rooms.Join(parley.actor(eve), room.id())));
  }

  @Test
  void ownerWhoLeavesHandsOverAndTheLastOneEndsTheRoom() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.PUBLIC, ann, bob);
    parley.ask(Addresses.MEMBERS_LEAVE, new Rooms.Leave(parley.actor(ann), room.id()));
    Room seen = parley.ask(Addresses.ROOMS_GET, new Rooms.Get(bob.id(), room.id()));
    assertEquals(MemberRole.OWNER, seen.me().role());
    parley.ask(Addresses.MEMBERS_LEAVE, new Rooms.Leave(parley.actor(bob), room.id()));
    assertEquals(
        Problem.NOT_FOUND, parley.refused(Addresses.ROOMS_GET, new Rooms.Get(bob.id(), room.id())));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.MEMBERS_JOIN, new Rooms.Join(parley.actor(ann), room.id())));
  }

  @Test
  void listSinceTellsWhatChangedAndWhatIsLost() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    assertEquals(new RoomList(List.of(), List.of(), List.of(), 0), mine(bob, null));
    Room one = parley.room(RoomKind.GROUP, ann, bob);
    Room two = parley.room(RoomKind.GROUP, ann, bob);
    RoomList all = mine(bob, null);
    assertEquals(
        Set.of(one.id(), two.id()), all.items().stream().map(Room::id).collect(Collectors.toSet()));

    parley.post(ann, two, "hello");
    RoomList nothing = mine(bob, all.version());
    assertEquals(List.of(), nothing.items());
    assertEquals(List.of(), nothing.lost());
    assertEquals(
        1,
        nothing.heads().stream()
            .filter(head -> head.roomId().equals(two.id()))
            .findFirst()
            .orElseThrow()
            .lastSeq());

    remove(ann, one, bob);
    parley.ask(Addresses.ROOMS_READ, new Rooms.MarkRead(parley.actor(bob), two.id(), 1));
    RoomList changed = mine(bob, all.version());
    assertEquals(List.of(two.id()), changed.items().stream().map(Room::id).toList());
    assertEquals(0, changed.items().get(0).me().unread());
    assertEquals("hello", changed.items().get(0).lastMessage().text());
    assertEquals(List.of(one.id()), changed.lost());
    assertEquals(all.version() + 2, changed.version());

    add(ann, one, bob);
    RoomList back = mine(bob, changed.version());
    assertEquals(List.of(one.id()), back.items().stream().map(Room::id).toList());
    assertEquals(List.of(), mine(bob, all.version()).lost());
  }

  @Test
  void readMarkOnlyRisesAndStopsAtTheLastMessage() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.DIRECT, ann, bob);
    for (int i = 0; i < 5; i++) {
      parley.post(ann, room, "m" + i);
    }
    assertEquals(new ReadMark(3, 2), read(bob, room, 3));
    assertEquals(new ReadMark(3, 2), read(bob, room, 1));
    assertEquals(new ReadMark(5, 0), read(bob, room, 99));
  }

  private ReadMark read(User reader, Room room, long seq) {
    return parley.ask(
        Addresses.ROOMS_READ, new Rooms.MarkRead(parley.actor(reader), room.id(), seq));
  }

  @Test
  void newMemberStartsWithEverythingRead() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "before bob");
    add(ann, room, bob);
    assertEquals(
        0, parley.ask(Addresses.ROOMS_GET, new Rooms.Get(bob.id(), room.id())).me().unread());
  }

  @Test
  void historyPagesBothWays() {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    for (int i = 1; i <= 25; i++) {
      parley.post(ann, room, "m" + i);
    }
    History newest = page(ann, room, null, null, 10);
    assertEquals(List.of(16L, 25L), ends(newest));
    assertEquals(16L, newest.next());
    History older = page(ann, room, newest.next(), null, 10);
    assertEquals(List.of(6L, 15L), ends(older));
    History oldest = page(ann, room, older.next(), null, 10);
    assertEquals(List.of(1L, 5L), ends(oldest));
    assertNull(oldest.next());
    History forward = page(ann, room, null, 20L, 3);
    assertEquals(List.of(21L, 23L), ends(forward));
    assertEquals(23L, forward.next());
    assertEquals(
        "m7",
        parley
            .ask(Addresses.MESSAGES_GET, new Messages.Get(ann.id(), room.id(), 7))
            .message()
            .text());
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.MESSAGES_GET, new Messages.Get(ann.id(), room.id(), 26)));
    Room empty = parley.room(RoomKind.GROUP, ann);
    assertEquals(List.of(), page(ann, empty, null, null, 10).items());
  }

  private History page(User reader, Room room, Long before, Long after, int limit) {
    return parley.ask(
        Addresses.MESSAGES_PAGE,
        new Messages.ReadPage(reader.id(), room.id(), before, after, limit));
  }

  private static List<Long> ends(History page) {
    List<Message> items = page.items();
    return List.of(items.get(0).seq(), items.get(items.size() - 1).seq());
  }

  @Test
  void syncFromAnyVersionGivesTheRestInOrder() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    User eve = parley.person("eve");
    Room room = parley.room(RoomKind.GROUP, ann, bob);
    parley.post(ann, room, "one");
    add(ann, room, eve);
    parley.post(bob, room, "two");
    remove(ann, room, bob);
    parley.post(ann, room, "three");

    Sync all = sync(ann, room, 0, 200);
    List<Long> versions = all.items().stream().map(Event::version).toList();
    assertEquals(versions.stream().sorted().toList(), versions);
    assertEquals(all.head().version(), versions.get(versions.size() - 1));
    assertEquals(3, all.head().lastSeq());
    Member bobGone =
        all.items().stream()
            .filter(Event.MemberChanged.class::isInstance)
            .map(event -> ((Event.MemberChanged) event).member())
            .filter(member -> member.user().id().equals(bob.id()))
            .findFirst()
            .orElseThrow();
    assertEquals(true, bobGone.gone());

    for (long since = 0; since <= all.head().version(); since++) {
      long from = since;
      List<Event> rest = all.items().stream().filter(event -> event.version() > from).toList();
      assertEquals(rest, sync(ann, room, since, 200).items());
      assertEquals(rest, inPages(ann, room, since));
    }
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(Addresses.ROOMS_SYNC, new Rooms.SyncSince(bob.id(), room.id(), 0, 50)));
  }

  private List<Event> inPages(User reader, Room room, long since) {
    List<Event> items = new ArrayList<>();
    Sync page;
    do {
      page = sync(reader, room, since, 2);
      items.addAll(page.items());
      since = items.isEmpty() ? since : items.get(items.size() - 1).version();
    } while (page.more());
    return items;
  }

  @Test
  void membersAreFoundByTheBeginningOfTheirNames() {
    User ann = parley.person("ann");
    User anton = parley.person("anton");
    User annika = parley.person("annika");
    UUID room = parley.room(RoomKind.GROUP, ann, anton).id();
    assertEquals(List.of("ann", "anton"), found(ann, room, " AN"));
    assertEquals(List.of("anton"), found(ann, room, "ant"));
    assertEquals(List.of(), found(ann, room, "annika"));
    assertEquals(List.of(), found(ann, room, "a\0"));
    assertEquals(
        Problem.NOT_FOUND,
        parley.refused(
            Addresses.MEMBERS_LIST, new Rooms.ListMembers(annika.id(), room, null, "an", 50)));
  }

  private List<String> found(User reader, UUID room, String q) {
    return parley
        .ask(Addresses.MEMBERS_LIST, new Rooms.ListMembers(reader.id(), room, null, q, 50))
        .items()
        .stream()
        .map(member -> member.user().username())
        .toList();
  }

  @Test
  void membersArePaged() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    User eve = parley.person("eve");
    Room room = parley.room(RoomKind.GROUP, ann, bob, eve);
    Page<Member, UUID> first =
        parley.ask(
            Addresses.MEMBERS_LIST, new Rooms.ListMembers(bob.id(), room.id(), null, null, 2));
    Page<Member, UUID> rest =
        parley.ask(
            Addresses.MEMBERS_LIST,
            new Rooms.ListMembers(bob.id(), room.id(), first.next(), null, 2));
    assertEquals(
        List.of("ann", "bob"),
        first.items().stream().map(member -> member.user().username()).toList());
    assertEquals(
        List.of("eve"), rest.items().stream().map(member -> member.user().username()).toList());
    assertNull(rest.next());
  }

  @Test
  void everyChangeIsAuditedWithItsActor() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.GROUP, ann);
    add(ann, room, bob);
    remove(ann, room, bob);
    parley.post(ann, room, "words that stay out of the log");
    String ofAnn = " and actor_id = '" + ann.id() + "' and request_id = 'test'";
    assertEquals(
        1,
        parley.number(
            "select count(*) from audit_log where table_name = 'rooms' and action = 'insert'"
                + ofAnn));
    assertEquals(
        2,
        parley.number(
            "select count(*) from audit_log where table_name = 'members' and action = 'insert'"
                + ofAnn));
    assertEquals(
        1,
        parley.number(
            "select count(*) from audit_log where table_name = 'members' and action = 'delete'"
                + ofAnn));
    assertEquals(0, parley.number("select count(*) from audit_log where table_name = 'messages'"));
    assertEquals(
        0, parley.number("select count(*) from audit_log where after::text like '%argon2%'"));
  }

  @Test
  void addingAndRemovingFromManySidesStaysConsistent() {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.PUBLIC, ann);
    List<User> people = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      people.add(parley.person("p" + i));
    }
    List<Future<?>> all = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (User person : people) {
        all.add(
            parley.bus.ask(
                Addresses.MEMBERS_JOIN, new Rooms.Join(parley.actor(person), room.id())));
        all.add(parley.posting(person, room, UUID.randomUUID(), "hi").otherwiseEmpty());
        all.add(
            parley
                .bus
                .ask(Addresses.MEMBERS_LEAVE, new Rooms.Leave(parley.actor(person), room.id()))
                .otherwiseEmpty());
      }
    }
    all.forEach(Await::get);
    assertEquals(
        parley.number("select count(*) from members"),
        parley.number("select member_count from room_heads"));
    assertEquals(
        parley.number("select count(*) from messages"),
        parley.number("select last_seq from room_heads"));
    assertEquals(
        0,
        parley.number("select count(*) from members join former_members using (room_id, user_id)"));
    assertEquals(
        parley.number("select count(*) from members"),
        parley.number("select count(*) from read_marks"));
  }
}
