package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.TestDatabase;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is asked all the time reads what it answers and little more, in a big room as in a small
 * one: looked at by EXPLAIN with the statements as they stand in the stores and the settings of
 * their connections, before there are statistics and after.
 */
class HotQueriesIT {
  private static DatabaseAddress database;

  /**
   * @param arguments SQL literals
   * @param rows the most that any scan may look at
   * @param sorts the most rows that a sort may take in; 0 when nothing is to be sorted
   */
  private record Hot(String name, String sql, String arguments, long rows, long sorts) {}

  @BeforeAll
  static void fill() throws SQLException {
    database = TestDatabase.made();
    Crowd.fill(database);
  }

  private static String numbers(int n) {
    return IntStream.range(0, n)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  private static String ears() {
    return numbers(100) + ", " + Crowd.all("u", 1, 100) + ", " + Crowd.all("r", 1, 100);
  }

  private static List<Hot> reads() {
    List<Hot> reads = new ArrayList<>();
    for (String room : List.of(Crowd.BIG, Crowd.SMALL)) {
      String mine = Crowd.BUSY + ", " + room;
      // The page itself is sorted again: the join with the senders may lose its order.
      reads.add(
          new Hot("newest page", MessageStore.BEFORE, page(room, "9223372036854775807"), 51, 51));
      reads.add(new Hot("page before", MessageStore.BEFORE, page(room, "30000"), 51, 51));
      reads.add(new Hot("page after", MessageStore.AFTER, page(room, "12"), 51, 51));
      String stretch = "array[0], array[%s], array[%s], array[30000], array[30100], 200";
      reads.add(new Hot("lines", PageLines.READ, stretch.formatted(Crowd.BUSY, room), 200, 200));
      reads.add(new Hot("one message", MessageStore.ONE, mine + ", 17", 1, 1));
      reads.add(new Hot("who reacted", ReactionStore.WHO, mine + ", 17, '+', 0, 51", 51, 51));
      reads.add(new Hot("versions", EditStore.VERSIONS, mine + ", 41", 3, 3));
      reads.add(new Hot("pins", PinStore.LIST, mine, 100, 100));
      for (String from : List.of("30000", "9223372036854775807")) {
        reads.add(new Hot("thread", ThreadStore.BEFORE, mine + ", 11, " + from + ", 51", 51, 51));
      }
      reads.add(new Hot("thread after", ThreadStore.AFTER, mine + ", 11, 30, 51", 51, 51));
      reads.add(new Hot("forwarded", ForwardStore.SOURCE, mine + ", 17", 1, 0));
      reads.add(new Hot("origin", ForwardStore.ORIGIN, mine + ", 17", 1, 0));
      reads.add(new Hot("sent before", ForwardStore.SENT, mine + ", md5('new')::uuid", 1, 0));
      reads.add(new Hot("thread's first", Commit.ROOTS, "array[" + room + "], array[11]", 1, 0));
      // Three ranges in order of versions, each cut at the page, are merged.
      String since = room + ", 40, 201";
      reads.add(new Hot("sync", LogStore.OF_A_MEMBER, since + ", " + Crowd.BUSY, 603, 603));
      reads.add(
          new Hot("sync from 0", LogStore.OF_A_MEMBER, room + ", 0, 201, " + Crowd.BUSY, 603, 603));
      reads.add(new Hot("gap", LogStore.OF_THE_HUB, room + ", 65990, 501", 501, 501));
      // Of hundreds of mentions a hundred are counted.
      reads.add(new Hot("room", RoomStore.ONE, mine, 100, 0));
      reads.add(new Hot("kind", RoomStore.KIND, room, 1, 0));
      reads.add(
          new Hot(
              "members",
              MemberStore.LIST,
              mine + ", '00000000-0000-0000-0000-000000000000', 51",
              51,
              51));
      reads.add(
          new Hot(
              "members after",
              MemberStore.LIST,
              mine + ", '80000000-0000-0000-0000-000000000000', 51",
              51,
              51));
      reads.add(new Hot("change", RoomChange.READ, room + ", " + Crowd.BUSY, 1, 0));
    }
    reads.add(new Hot("where the chain stands", AuditChain.WHERE_IT_STANDS, "", 4, 0));
    reads.add(new Hot("last link", AuditChain.LAST, "", 1, 0));
    reads.add(new Hot("rows to chain", AuditChain.NEXT, "100, 5000, 500", 500, 0));
    // The window of those by name, and of each of 800 rooms what called everybody.
    reads.add(
        new Hot(
            "inbox",
            MentionStore.PAGE,
            Crowd.BUSY + ", '9999-12-31', 9223372036854775807, 9223372036854775807, 51, 1000",
            1_000,
            1_850));
    reads.add(
        new Hot(
            "read marks",
            ReadMarkStore.LIST,
            Crowd.BUSY + ", " + Crowd.BIG + ", '00000000-0000-0000-0000-000000000000', 51",
            51,
            51));
    // The big room and 49 others: the newest ten of each, and what a page is made of.
    reads.add(new Hot("my rooms to search", SearchRooms.MINE, Crowd.BUSY, 899, 0));
    reads.add(new Hot("who searches", SearchRooms.PEOPLE, Crowd.BUSY + ", 'user77'", 1, 0));
    reads.add(
        new Hot(
            "newest that match",
            SearchStore.NEWEST,
            places(50) + ", array[1, 2], '-infinity', 10",
            500,
            500));
    reads.add(
        new Hot(
            "not indexed",
            SearchStore.NOT_INDEXED,
            places(50)
                    .replace(
                        "array_fill(1::bigint, array[50])", "array_fill(55::bigint, array[50])")
                + ", 5",
            250,
            0));
    reads.add(
        new Hot(
            "what matches",
            SearchStore.READ,
            Crowd.BUSY + ", array_fill(1::bigint, array[50]), " + longs(50),
            50,
            0));
    reads.add(
        new Hot(
            "edges",
            SearchStore.EDGES,
            numbers(2) + ", array[1, 2]::bigint[], array[50000, 40]",
            2,
            0));
    reads.add(new Hot("may hear", LogStore.MAY_HEAR, ears(), 100, 0));
    reads.add(new Hot("heads of rooms", LogStore.ROOM_HEADS, Crowd.all("r", 1, 200), 200, 0));
    reads.add(new Hot("heads of people", LogStore.USER_HEADS, "array[" + Crowd.BUSY + "]", 1, 0));
    // All rooms of one person, at most 1,000.
    reads.add(new Hot("my rooms", RoomStore.MINE, Crowd.BUSY + ", -1", 899, 800));
    reads.add(new Hot("my rooms since", RoomStore.MINE, Crowd.BUSY + ", 3", 899, 800));
    reads.add(
        new Hot(
            "directory",
            RoomStore.DIRECTORY,
            Crowd.BUSY + ", null, '', '00000000-0000-0000-0000-000000000000', 51",
            51,
            51));
    reads.add(
        new Hot(
            "directory page",
            RoomStore.DIRECTORY,
            Crowd.BUSY + ", null, 'room 30', " + Crowd.BIG + ", 51",
            51,
            51));
    reads.add(new Hot("person", UserStore.GET, Crowd.BUSY, 1, 0));
    reads.add(new Hot("login", UserStore.FIND_BY_LOGIN, "'user77'", 2, 0));
    reads.add(new Hot("sessions", SessionStore.GET, sessions(100), 100, 0));
    reads.add(new Hot("cookie", SessionStore.FIND_BY_COOKIE, "sha256('c5')", 1, 0));
    reads.add(new Hot("my sessions", DeviceStore.LIST, Crowd.BUSY, 10, 10));
    reads.add(new Hot("second factor", SecondFactorStore.GET, Crowd.BUSY, 1, 0));
    reads.add(new Hot("passkey", PasskeyStore.GET, "sha256('p5')", 1, 0));
    reads.add(new Hot("key", ApiKeyStore.FIND, "sha256('a5')", 1, 0));
    reads.add(new Hot("keys", ApiKeyStore.LIST, Crowd.BUSY, 20, 10));
    reads.add(new Hot("signer", ApplicationStore.SIGNER, Crowd.BIG, 1, 0));
    reads.add(new Hot("origin", ApplicationStore.HAS_ORIGIN, "'https://shop.example'", 1, 0));
    reads.add(new Hot("subject", AdmissionStore.FIND, Crowd.BIG + ", 'anna'", 1, 0));
    reads.add(new Hot("identity", IdentityStore.FIND, "'https://login.example', '0815'", 1, 0));
    reads.add(new Hot("identities", IdentityStore.LIST, Crowd.BUSY, 20, 20));
    reads.add(new Hot("ended lately", SessionStore.ENDED_SINCE, "3600", 20, 0));
    return reads;
  }

  private static List<Hot> writes() {
    String mine = Crowd.BUSY + ", " + Crowd.BIG;
    return List.of(
        new Hot("lock of a change", RoomChange.LOCK, Crowd.BIG, 1, 0),
        new Hot("read mark", ReadMarkStore.MARK_READ, mine + ", 50", 1, 0),
        new Hot(
            "call by edited words",
            MentionWriter.CALL_OF_EDITED,
            Crowd.BIG + ", 17, E'user1\\nuser2\\nuser3', true, array['owner']",
            3,
            3),
        new Hot("own place", OwnPlaceStore.CHANGE, mine + ", 'none', true, true, true", 1, 0),
        new Hot("sessions in use", DeviceStore.SEEN, sessions(100), 200, 0),
        new Hot("refresh lock", RefreshStore.LOCK_FOR_REFRESH, "sha256('t5')", 1, 0),
        new Hot("refresh", RefreshStore.SPEND_REFRESH, "sha256('t5')", 1, 0),
        new Hot("old sessions", SessionStore.FORGET_OLD, Crowd.BUSY, 10, 0),
        new Hot("old refresh tokens", RefreshStore.FORGET_SPENT, Crowd.id("s", 5), 1, 0),
        new Hot("old tickets", TicketStore.FORGET_TICKETS, Crowd.id("s", 5), 20, 20),
        new Hot("ticket", TicketStore.SPEND_TICKET, "sha256('k5')", 1, 0));
  }

  @Test
  void nothingIsReadButWhatIsAskedFor() throws SQLException {
    List<String> wrong = new ArrayList<>(judge("before statistics"));
    Query.run(database, "vacuum analyze");
    wrong.addAll(judge("with statistics"));
    assertEquals(List.of(), wrong);
  }

  private static List<String> judge(String when) throws SQLException {
    List<String> wrong = new ArrayList<>();
    try (Connection connection = connection(PersistenceVerticle.readerOptions(database))) {
      for (Hot hot : Stream.concat(reads().stream(), writes().stream()).toList()) {
        Plan plan = Plan.of(connection, hot.sql, hot.arguments);
        connection.rollback();
        objections(hot, plan).stream()
            .map(why -> when + ", " + hot.name + ": " + why)
            .forEach(wrong::add);
      }
    }
    return wrong;
  }

  private static List<String> objections(Hot hot, Plan plan) {
    List<String> found = new ArrayList<>();
    plan.scannedWhole().forEach(table -> found.add("reads all of " + table));
    if (plan.rowsRead() > hot.rows) {
      found.add("looks at " + plan.rowsRead() + " rows");
    }
    plan.sorted().stream()
        .filter(rows -> rows > hot.sorts)
        .forEach(rows -> found.add("sorts " + rows + " rows"));
    return found;
  }

  /** As the pools have them. */
  private static Connection connection(PgConnectOptions options) throws SQLException {
    Connection connection = database.dataSource().getConnection();
    try (Statement statement = connection.createStatement()) {
      for (var each : options.getProperties().entrySet()) {
        statement.execute("set " + each.getKey() + " = '" + each.getValue() + "'");
      }
    }
    connection.setAutoCommit(false);
    return connection;
  }

  /** 200 sends for 100 rooms, one of them the big one; half of them had been stored before. */
  @Test
  void commitLooksAtItsBatch() throws SQLException {
    Query.run(database, "vacuum analyze");
    List<String> rooms = new ArrayList<>();
    List<String> clients = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String room = Crowd.id("r", i % 100 + 1);
      rooms.add(room);
      String known = "md5(" + room + "::text || 9)::uuid";
      clients.add(i < 100 ? known : "md5('new" + i + "')::uuid");
    }
    String texts = "array_fill('hello'::text, array[200])";
    // The sender of message 9; not a member of every room.
    String senders = "array_fill(" + Crowd.id("u", 10) + ", array[200])";
    String keys = String.join(", ", numbers(200), array(rooms), senders, array(clients));
    String said = keys + ", " + texts + ", array_fill(9::bigint, array[200])";
    String arguments =
        String.join(
            ", ",
            said,
            "array_fill(5::bigint, array[200]), array_fill(7::bigint, array[200])",
            "null::uuid[], null::bigint[], null::uuid[], null::timestamptz[], null::text[]");
    try (Connection connection = connection(PersistenceVerticle.writerOptions(database))) {
      Hot lock =
          new Hot("lock", Commit.LOCK_FREE, array(rooms.subList(0, 100)) + ", 'test'", 100, 100);
      assertEquals(List.of(), objections(lock, Plan.of(connection, lock.sql, lock.arguments)));
      Hot known = new Hot("known", KnownMessages.READ, keys, 200, 0);
      assertEquals(List.of(), objections(known, Plan.of(connection, known.sql, known.arguments)));
      // A room's messages are numbered in the order of the batch, so a batch is sorted.
      Hot words = new Hot("words", Commit.INSERT_WORDS, said, 200, 200);
      Plan plan = Plan.of(connection, words.sql, words.arguments);
      assertEquals(List.of(), objections(words, plan), plan::text);
      connection.rollback();
      Hot insert = new Hot("insert", Commit.INSERT, arguments, 200, 200);
      plan = Plan.of(connection, insert.sql, insert.arguments);
      assertEquals(List.of(), objections(insert, plan), plan::text);
      // Every message of the batch names three people.
      String names = "array_fill(E'user1\\nuser2\\nuser3'::text, array[200])";
      String all = "array_fill(true, array[200]), array['owner']";
      String called = String.join(", ", keys, names, all);
      Hot call = new Hot("call", MentionWriter.CALL_OF_BATCH, called, 600, 600);
      plan = Plan.of(connection, call.sql, call.arguments);
      assertEquals(List.of(), objections(call, plan), plan::text);
      connection.rollback();
    }
  }

  private static String page(String room, String seq) {
    return "array[0], array[%s], array[%s], array[%s], array[51]".formatted(Crowd.BUSY, room, seq);
  }

  private static String sessions(int count) {
    return array(IntStream.rangeClosed(1, count).mapToObj(i -> Crowd.id("s", i)).toList());
  }

  private static String array(List<String> values) {
    return "array[" + String.join(", ", values) + "]";
  }

  /**
   * What nobody says costs a look at the index for each of 64 stretches, and no row of a message.
   */
  @Test
  void searchReadsTheIndexOfGramsAndWhatMatches() throws SQLException {
    Query.run(database, "vacuum analyze");
    String stretches =
        "array_fill(0::bigint, array[50]), array[14]::bigint[] || array_fill(0::bigint, array[49])";
    try (Connection connection = connection(PersistenceVerticle.readerOptions(database))) {
      for (String grams : List.of("array[1, 2, 1017, 3017]", "array[1, 2, 1017, 3018]")) {
        String arguments = places(50) + ", " + stretches + ", " + grams + ", '-infinity', 1000";
        Plan plan = Plan.of(connection, SearchStore.BY_GRAMS, arguments);
        assertTrue(plan.uses("message_search_grams"), plan::text);
        assertEquals(List.of(), plan.scannedWhole(), plan::text);
        assertTrue(plan.rowsRead("message_search") <= 80, plan::text);
      }
    }
  }

  private static String longs(int n) {
    return array(IntStream.rangeClosed(1, n).mapToObj(Integer::toString).toList()) + "::bigint[]";
  }

  /** The first rooms, whole. */
  private static String places(int rooms) {
    return String.join(
        ", ",
        numbers(rooms),
        longs(rooms),
        "array_fill(1::bigint, array[%d])".formatted(rooms),
        "array_fill('infinity'::timestamptz, array[%d])".formatted(rooms),
        "array_fill(9223372036854775807, array[%d])".formatted(rooms));
  }

  @Test
  void membershipIsReadFromTheIndexAlone() throws SQLException {
    Query.run(database, "vacuum analyze");
    try (Connection connection = connection(PersistenceVerticle.readerOptions(database))) {
      Plan plan = Plan.of(connection, LogStore.MAY_HEAR, ears());
      assertTrue(plan.readsOnlyIndex("members"), plan::text);
    }
  }
}
