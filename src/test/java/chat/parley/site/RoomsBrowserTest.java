package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do with a room as a whole, and with their own place in it, through the page. */
class RoomsBrowserTest {
  private static final List<String> CROWD =
      List.of(
          """
          insert into users (id, username, username_key, display_name, display_key, password_hash, role)
          select md5('crowd' || i)::uuid, 'crowd' || i, 'crowd' || i, 'Crowd ' || i, 'crowd ' || i, '$argon2id$x', 'user'
          from generate_series(1, 300) i""",
          "insert into user_heads select id, 1 from users where username like 'crowd%'",
          """
          insert into members (room_id, user_id, role, version)
          select 'ROOM', id, 'member', 2 from users where username like 'crowd%'""",
          """
          insert into read_marks (room_id, user_id, read_seq, user_version)
          select 'ROOM', id, 0, 1 from users where username like 'crowd%'""",
          "update room_heads set member_count = member_count + 300 where room_id = 'ROOM'");

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Visitor visit(Person person) {
    return Visitor.signedIn(browser.person(person.name()), server, person);
  }

  private static Locator line(Visitor visitor, String kind) {
    return visitor.the("line").and(visitor.page().locator("[data-kind=" + kind + "]"));
  }

  @Test
  void roomIsDescribedAndItsTimelineTellsOfIt() {
    Person annsPhone = server.person("ann");
    Person bobsPhone = server.person("bob");
    annsPhone.room("group", bobsPhone);
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    ann.open("Room of ann");
    bob.open("Room of ann");
    ann.say("How shall we call it?");

    ann.ofRoom("open-settings");
    ann.the("edit-name").fill("Harbour trip");
    ann.the("edit-topic").fill("Saturday, nine o'clock, <b>pier 4</b>");
    ann.the("save-room").click();
    for (Visitor each : List.of(ann, bob)) {
      assertThat(each.the("room-title")).hasText("Harbour trip");
      assertThat(each.the("topic")).hasText("Saturday, nine o'clock, <b>pier 4</b>");
      assertThat(line(each, "topic")).containsText("set the topic: Saturday");
    }
    assertThat(line(ann, "renamed")).containsText("You named the room “Harbour trip”");
    assertThat(line(bob, "renamed")).containsText("ann named the room “Harbour trip”");
    bob.page().reload();
    bob.isOnline();
    assertThat(line(bob, "renamed")).hasCount(1);
    bob.the("room-menu").click();
    assertThat(bob.the("leave")).isVisible();
    assertThat(bob.the("open-settings")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void roomGetsAPictureAndIsDeletedByTypingItsName() {
    Person lisasPhone = server.person("lisa");
    Person maxsPhone = server.person("max");
    lisasPhone.room("group", maxsPhone);
    Visitor lisa = visit(lisasPhone);
    Visitor max = visit(maxsPhone);
    lisa.open("Room of lisa");
    max.open("Room of lisa");
    lisa.ofRoom("open-settings");
    lisa.the("room-picture-file")
        .setInputFiles(new FilePayload("boat.png", "image/png", Pictures.halves("png", 300, 200)));
    lisa.the("crop-save").click();
    assertThat(lisa.the("crop-dialog")).hasCount(0);
    assertThat(max.page().locator(".room-bar .avatar img")).isVisible();
    assertThat(line(max, "picture")).containsText("lisa changed the picture");

    lisa.the("delete-room").click();
    lisa.the("delete-room-name").fill("Room of max");
    lisa.the("delete-room-confirm").click();
    lisa.isCorrected("delete-room-name", "Please enter “Room of lisa”.");
    lisa.the("delete-room-name").fill("Room of lisa");
    lisa.the("delete-room-confirm").click();
    for (Visitor each : List.of(lisa, max)) {
      assertThat(each.room("Room of lisa")).hasCount(0);
      assertThat(each.the("room-title")).hasCount(0);
    }
    assertThat(max.the("notice")).containsText("Room of lisa");
    browser.assertNoErrors();
  }

  @Test
  void whoMayWriteIsSaidInThePlaceOfTheComposer() {
    Person cemsPhone = server.person("cem");
    Person danaPhone = server.person("dana");
    cemsPhone.room("group", danaPhone);
    Visitor cem = visit(cemsPhone);
    Visitor dana = visit(danaPhone);
    cem.open("Room of cem");
    dana.open("Room of cem");
    cem.ofRoom("open-settings");
    cem.the("edit-posting").selectOption("moderators");
    cem.the("save-room").click();
    assertThat(dana.the("read-only")).hasText("Only the moderators write in this room.");
    assertThat(dana.the("composer")).hasCount(0);

    cem.the("members").click();
    cem.ofMember("dana", "role-moderator");
    assertThat(dana.the("composer")).isVisible();
    assertThat(line(dana, "role")).containsText("cem made you a moderator");
    dana.say("Now I may");
    cem.seesLast("Now I may");

    cem.ofRoom("open-settings");
    cem.the("archive-room").click();
    assertThat(cem.the("archive-room")).hasText("Open it again");
    assertThat(dana.the("read-only")).containsText("archived");
    cem.the("archive-room").click();
    assertThat(dana.the("composer")).isVisible();
    browser.assertNoErrors();
  }

  @Test
  void ownPlaceIsKeptOnAllDevices() {
    Person evasPhone = server.person("eva");
    Person finn = server.person("finn");
    String quiet = evasPhone.room("group", finn);
    evasPhone.room("direct", finn);
    finn.say(quiet, "psst");
    Visitor eva = visit(evasPhone);
    Visitor tab = eva.newTab();
    eva.open("Room of eva");
    assertThat(tab.room("Room of eva").getByTestId("unread")).hasCount(0);

    eva.ofRoom("pin-room");
    assertThat(tab.the("room-item").first()).containsText("Room of eva");
    assertThat(tab.room("Room of eva").getByTestId("pinned-room")).hasCount(1);

    eva.ofRoom("mark-unread");
    assertThat(eva.the("room-title")).hasCount(0);
    for (Visitor each : List.of(eva, tab)) {
      assertThat(each.room("Room of eva").getByTestId("marked-unread")).hasCount(1);
    }
    eva.open("Room of eva");
    assertThat(tab.room("Room of eva").getByTestId("marked-unread")).hasCount(0);

    eva.ofRoom("notify-none");
    eva.ofRoom("hide-room");
    for (Visitor each : List.of(eva, tab)) {
      assertThat(each.room("Room of eva")).hasCount(0);
      assertThat(each.the("show-hidden")).hasText("1 hidden conversation");
    }
    finn.say(quiet, "psst again");
    tab.isTold("Room of eva", 1);
    assertThat(tab.page()).hasTitle(Pattern.compile("^Parley$"));
    assertThat(eva.the("show-hidden")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void authorSeesWhoHasSeenItAndTheReaderWhereTheNewBegins() {
    Person gusPhone = server.person("gus");
    Person hanaPhone = server.person("hana");
    Person ivo = server.person("ivo");
    String group = gusPhone.room("group", hanaPhone, ivo);
    Visitor gus = visit(gusPhone);
    gus.open("Room of gus");
    gus.say("Who is coming?");
    gus.seesLast("Who is coming?");
    assertThat(gus.the("seen-by")).hasCount(0);
    Visitor hana = visit(hanaPhone);
    hana.isTold("Room of gus", 1);
    hana.open("Room of gus");
    assertThat(gus.the("seen-by")).containsText("Seen by hana");
    ivo.put("/chat/rooms/" + group + "/read", new io.vertx.core.json.JsonObject().put("seq", 1));
    assertThat(gus.the("seen-by")).containsText("hana and ivo");

    hana.the("back").evaluate("button => button.click()");
    ivo.say(group, "I am");
    ivo.say(group, "With a friend");
    hana.isTold("Room of gus", 2);
    hana.open("Room of gus");
    assertThat(hana.the("new-line")).containsText("New since");
    assertThat(hana.page().locator("[data-testid=new-line] + [data-seq='2']")).hasCount(1);
    browser.assertNoErrors();
  }

  @Test
  void membersOfALargeRoomComeByPages() {
    Person jonas = server.person("jonas");
    String room = jonas.room("public");
    CROWD.forEach(sql -> server.sql(sql.replace("ROOM", room)));
    Visitor visitor = visit(jonas);
    List<String> asked = new CopyOnWriteArrayList<>();
    visitor.page().onRequest(request -> note(request.url(), asked));
    visitor.open("Room of jonas");
    visitor.the("members").click();
    assertThat(visitor.the("member")).hasCount(100);
    assertEquals(1, asked.size(), asked::toString);
    visitor.the("members-panel").evaluate("panel => { panel.scrollTop = panel.scrollHeight; }");
    assertThat(visitor.the("member")).hasCount(200);
    assertEquals(2, asked.size(), asked::toString);
    browser.assertNoErrors();
  }

  private static void note(String url, List<String> asked) {
    if (url.contains("/members")) {
      asked.add(url);
    }
  }

  @Test
  void menuIsUsedByKeys() {
    Person kai = server.person("kai");
    kai.room("group");
    Visitor visitor = visit(kai);
    visitor.open("Room of kai");
    Page page = visitor.page();
    visitor.the("room-menu").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.MENU)).isVisible();
    assertThat(visitor.the("open-settings")).isFocused();
    page.keyboard().press("ArrowUp");
    assertThat(visitor.the("leave")).isFocused();
    page.keyboard().press("Home");
    page.keyboard().press("ArrowDown");
    assertThat(visitor.the("open-invites")).isFocused();
    page.keyboard().press("Escape");
    assertThat(visitor.the("leave")).hasCount(0);
    assertThat(visitor.the("room-menu")).isFocused();
    browser.assertNoErrors();
  }
}
