package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever searches finds what they may see, all of it, and nothing else. */
class SearchIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static String path(String q, String more) {
    return "/chat/search?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + more;
  }

  private static JsonObject search(Person who, String q, String more) {
    Person.Answer answer = who.get(path(q, more));
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body();
  }

  private static List<String> texts(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .map(item -> item.getJsonObject("message").getString("text"))
        .toList();
  }

  private static List<String> found(Person who, String q) {
    return texts(search(who, q, ""));
  }

  private static String wrong(Person who, String q, String more) {
    Person.Answer answer = who.get(path(q, more));
    assertEquals(400, answer.status(), answer.body()::encode);
    JsonObject error = answer.body().getJsonArray("errors").getJsonObject(0);
    return error.getString("pointer") + " " + error.getString("detail");
  }

  /** How many messages the index has, of all rooms. */
  private static long indexed() {
    return Long.parseLong(server.query("select count(*) from message_search"));
  }

  private static void awaitIndex() {
    Await.until(
        "all is indexed",
        () ->
            server
                .query(
                    """
                    select count(*) from room_heads h left join search_marks s using (room_key)
                    join rooms r on r.id = h.room_id
                    where h.last_seq > coalesce(s.seq, 0) and r.deleted_at is null
                    """)
                .equals("0"));
  }

  @Test
  void partsOfWordsAreFoundInAnyScriptBeforeAndAfterTheyAreIndexed() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    List<String> said =
        List.of(
            "Viele Grüße aus der Krankenhauskantine",
            "東京都庁の展望台",
            "Скажи привет всем",
            "well done 👍🏽 everybody",
            "สวัสดีครับ");
    said.forEach(text -> ann.say(room, text));
    for (int i = 0; i < 2; i++) {
      assertEquals(said.subList(0, 1), found(ann, "grüsse haus"));
      assertEquals(said.subList(0, 1), found(ann, "\"GRÜSSE AUS der\""));
      assertEquals(List.of(), found(ann, "\"aus grüße\""));
      assertEquals(said.subList(1, 2), found(ann, "京都"));
      assertEquals(said.subList(1, 2), found(ann, "庁"));
      assertEquals(said.subList(2, 3), found(ann, "ПРИВ"));
      assertEquals(said.subList(3, 4), found(ann, "👍"));
      assertEquals(said.subList(4, 5), found(ann, "สดี"));
      assertEquals(List.of(), found(ann, "nowhere"));
      awaitIndex();
    }
  }

  @Test
  void aMessageIsInTheIndexWithinASecond() {
    Person ann = server.person("amy");
    String room = ann.room("group");
    awaitIndex();
    List<Duration> lags = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long before = indexed();
      ann.say(room, "one more");
      Stopwatch said = Stopwatch.started();
      Await.until("it is there", () -> indexed() > before);
      lags.add(said.elapsed());
    }
    lags.sort(null);
    assertTrue(lags.get(2).compareTo(Duration.ofSeconds(1)) <= 0, lags::toString);
  }

  @Test
  void highlightsArePlacesInTheText() {
    Person ann = server.person("hal");
    String room = ann.room("group");
    String text = "👍 <b>Straße</b> und straSSEnbahn";
    ann.say(room, text);
    JsonArray places =
        search(ann, "strasse", "")
            .getJsonArray("items")
            .getJsonObject(0)
            .getJsonArray("highlights");
    List<String> marked =
        places.stream()
            .map(JsonArray.class::cast)
            .map(place -> text.substring(place.getInteger(0), place.getInteger(1)))
            .toList();
    assertEquals(List.of("Straße", "straSSE"), marked);
  }

  @Test
  void filtersHoldTogether() {
    Person ann = server.person("fay");
    Person bob = server.person("fynn");
    String lobby = ann.room("group", bob);
    ann.patch("/chat/rooms/" + lobby, new JsonObject().put("name", "The Löbby"));
    String direct = bob.room("direct", ann);
    ann.say(lobby, "plan of fay https://parley.example/plan");
    bob.say(lobby, "plan of fynn");
    bob.say(direct, "plan between us");
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of("plan between us", "plan of fynn"), found(ann, "plan from:@FYNN"));
      assertEquals(List.of("plan between us", "plan of fynn"), found(bob, "from:me"));
      assertEquals(
          List.of("plan of fynn", "plan of fay https://parley.example/plan"),
          found(ann, "in:\"the LÖB\""));
      assertEquals(List.of("plan between us"), found(ann, "plan in:@fynn"));
      assertEquals(List.of("plan of fynn"), found(ann, "in:" + lobby + " from:fynn"));
      assertEquals(List.of("plan between us"), texts(search(ann, "plan", "&roomId=" + direct)));
      assertEquals(List.of("plan of fay https://parley.example/plan"), found(ann, "has:link"));
      assertEquals(List.of(), found(ann, "plan has:image"));
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      assertEquals(3, found(ann, "plan after:" + today.minusDays(1)).size());
      assertEquals(3, found(ann, "before:" + today.plusDays(2)).size());
      assertEquals(List.of(), found(ann, "plan before:" + today.minusDays(1)));
      assertEquals(List.of(), found(ann, "after:" + today.plusDays(2)));
      awaitIndex();
    }
    assertEquals("q from: names nobody", wrong(ann, "from:@nobodyatall", ""));
    assertEquals("q in: names no room of yours", wrong(ann, "in:elsewhere", ""));
    assertEquals("q says nothing to look for", wrong(ann, "\"\"", ""));
    assertEquals("before is not a cursor of this list", wrong(ann, "plan", "&before=x"));
  }

  @Test
  void pagesHaveNoHolesAndNoDoublesWhileMessagesArrive() {
    Person ann = server.person("pam");
    List<String> rooms = List.of(ann.room("group"), ann.room("group"), ann.room("group"));
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String text = (i % 4 == 0 ? "seldom " : "") + "often " + i;
      ann.say(rooms.get(i % 7 % 3), text);
      said.add(0, text);
    }
    awaitIndex();
    for (String word : List.of("often", "seldom", "from:me")) {
      List<String> expected =
          said.stream().filter(text -> word.equals("from:me") || text.contains(word)).toList();
      List<String> all = new ArrayList<>();
      String before = "";
      do {
        JsonObject page = search(ann, word, "&limit=7" + before);
        all.addAll(texts(page));
        ann.say(rooms.get(all.size() % 3), "seldom often, and later");
        before = page.containsKey("next") ? "&before=" + page.getString("next") : null;
      } while (before != null);
      // What was said meanwhile for the words before this one.
      all.removeIf(text -> text.endsWith("later"));
      assertEquals(expected, all, word);
    }
  }

  /** S46, I10, I11: every path that shows messages is for those who may see them, this one too. */
  @Test
  void s46_onlyRoomsOneIsInAndOnlyWhatOneMaySee() {
    Person ann = server.person("own");
    Person bob = server.person("other");
    Person eve = server.person("evil");
    String room = ann.room("group", bob);
    ann.say(room, "quokka before");
    ann.patch("/chat/rooms/" + room, new JsonObject().put("history", "joined"));
    assertEquals(200, ann.put("/chat/rooms/" + room + "/members/" + eve.id(), null).status());
    ann.say(room, "quokka after");
    awaitIndex();
    Person stranger = server.person("stranger");
    assertEquals(List.of(), found(stranger, "quokka"));
    assertEquals(404, stranger.get(path("quokka", "&roomId=" + room)).status());
    assertEquals("q in: names no room of yours", wrong(stranger, "quokka in:" + room, ""));
    assertEquals(List.of("quokka after", "quokka before"), found(bob, "quokka"));
    assertEquals(List.of("quokka after"), found(eve, "quokka"), "from where they came on");
    String cursor = search(bob, "quokka", "&limit=1").getString("next");
    assertEquals(204, ann.delete("/chat/rooms/" + room + "/members/" + bob.id()).status());
    assertEquals(List.of(), found(bob, "quokka"), "at once");
    assertEquals(List.of(), texts(search(bob, "quokka", "&before=" + cursor)));
    assertEquals(404, bob.get(path("quokka", "&roomId=" + room)).status());
    ann.patch("/chat/rooms/" + room, new JsonObject().put("archived", true));
    assertEquals(List.of("quokka after"), found(eve, "quokka"), "archived rooms are searched");
    assertEquals(204, ann.delete("/chat/rooms/" + room).status());
    assertEquals(List.of(), found(ann, "quokka"));
    Await.until(
        "nothing of it is left",
        () ->
            server
                .query(
                    "select count(*) from message_search join room_heads using (room_key) where room_id = '"
                        + room
                        + "'")
                .equals("0"));
  }

  /** I12: from their own commit on, whether they were indexed or not. */
  @Test
  void i12_whatWasEditedOrDeletedIsNotFoundByItsOldWords() {
    Person ann = server.person("edi");
    String room = ann.room("group");
    String messages = "/chat/rooms/" + room + "/messages/";
    for (boolean wait : List.of(true, false)) {
      long edited = ann.say(room, "wallaby one").getLong("seq");
      long deleted = ann.say(room, "wallaby two").getLong("seq");
      if (wait) {
        awaitIndex();
      }
      ann.patch(messages + edited, new JsonObject().put("text", "wombat one"));
      assertEquals(List.of("wallaby two"), found(ann, "wallaby"));
      assertEquals(List.of("wombat one"), found(ann, "wombat"), "and at once by the new ones");
      ann.delete(messages + deleted);
      assertEquals(List.of(), found(ann, "wallaby"));
      awaitIndex();
      assertEquals(List.of("wombat one"), found(ann, "wombat"));
      assertEquals(List.of(), found(ann, "wallaby"));
      String rows =
          "select count(*) from message_search join room_heads using (room_key) where room_id = '%s'"
              .formatted(room);
      assertEquals("1", server.query(rows + " and seq in (" + edited + ", " + deleted + ")"));
      ann.delete(messages + edited);
    }
  }

  @Test
  void theIndexIsMadeAnewOnCommand() {
    Person ann = server.person("rob");
    String room = ann.room("group");
    ann.say(room, "numbat here");
    awaitIndex();
    Person bob = server.person("ron");
    assertEquals(404, bob.post("/admin/search/rebuild", null).status());
    server.sql("update users set role = 'admin' where id = '" + ann.id() + "'");
    ann.login();
    long all = indexed();
    server.sql("delete from message_search");
    assertEquals(202, ann.post("/admin/search/rebuild", null).status());
    Await.until("all is there again", () -> indexed() == all);
    assertEquals(List.of("numbat here"), found(ann, "numbat"));
  }

  @Test
  void aRoomThatNobodyToldOfIsFoundAndIndexed() {
    Person ann = server.person("lea");
    String room = ann.room("group");
    ann.say(room, "bilby one");
    awaitIndex();
    // As another node that died right after its commit leaves it.
    server.sql(
        """
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
        select room_key, 2, version + 1, gen_random_uuid(), '%s', 'bilby two', 1, now() from room_heads where room_id = '%s'
        """
            .formatted(ann.id(), room));
    server.sql(
        "update room_heads set last_seq = 2, version = version + 1, last_sent_at = now() where room_id = '%s'"
            .formatted(room));
    assertEquals(List.of("bilby two", "bilby one"), found(ann, "bilby"), "even before");
    awaitIndex();
    assertEquals(List.of("bilby two", "bilby one"), found(ann, "bilby"));
  }

  @Test
  void aLargeRoomIsGoneThroughToItsEnd() {
    Person ann = server.person("max");
    String room = ann.room("group");
    server.sql(
        """
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
        select room_key, n, version + n, gen_random_uuid(), '%s',
          case when n %% 3000 = 1 then 'pademelon ' else 'line ' end || n || case when n %% 2 = 0 then ' even' else '' end,
          n, now() - make_interval(secs => 9000 - n)
        from room_heads, generate_series(1, 9000) n where room_id = '%s'
        """
            .formatted(ann.id(), room));
    server.sql(
        "update room_heads set last_seq = 9000, version = version + 9000, last_sent_at = now() where room_id = '%s'"
            .formatted(room));
    awaitIndex();
    assertEquals(
        List.of(6001, 3001, 1).stream().map(n -> "pademelon " + n).toList(),
        found(ann, "pademelon"));
    assertEquals(List.of(), found(ann, "\"pademelon 2\""));
    assertEquals(50, found(ann, "line even").size());
    HashSet<String> seen = new HashSet<>();
    String before = "";
    int pages = 0;
    do {
      JsonObject page = search(ann, "even", "&limit=200" + before);
      assertFalse(texts(page).stream().anyMatch(text -> !seen.add(text)), "no doubles");
      before = page.containsKey("next") ? "&before=" + page.getString("next") : null;
      pages++;
    } while (before != null);
    assertEquals(4_500, seen.size(), "on " + pages + " pages");
  }
}
