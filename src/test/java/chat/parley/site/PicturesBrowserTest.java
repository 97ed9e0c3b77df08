package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Takes the README's pictures anew, when asked with {@code -Dscreenshots=true}. */
@EnabledIfSystemProperty(named = "screenshots", matches = "true")
class PicturesBrowserTest {
  private static final Path IMAGES = Path.of("docs", "images");
  private static final Map<String, String> NAMES =
      Map.of(
          "mira", "Mira Okafor",
          "jonas", "Jonas Weber",
          "aiko", "Aiko Tanaka",
          "tomas", "Tomás Rivera",
          "lena", "Lena Novák");

  private static final String LONG_AGO =
      """
      update messages set sent_at = now() - ? * interval '1 minute'
      where room_key = (select room_key from room_heads where room_id = ?) and seq = ?""";

  /** Room, who, minutes ago, what. */
  private static final String TALK =
      """
      Book club|lena|2900|Next month: “The Left Hand of Darkness”. Who has a copy to lend?
      Book club|jonas|2880|Me! It smells of attic, though.
      Moving day|tomas|2700|The van is booked for the 28th, eight in the morning.
      Moving day|mira|2690|I bring gloves, tape and a very large thermos
      Jonas Weber|jonas|1500|Can I borrow your drill at the weekend?
      Jonas Weber|mira|1490|Sure, it lives in the hall cupboard
      Summer festival|lena|1475|The permit is here! We may use the whole quay, from the bridge to the old crane 🎉
      Summer festival|jonas|1473|Finally!
      Summer festival|jonas|1472|Then I will ask the brass band about Saturday evening.
      Summer festival|mira|1460|Perfect. I have started the list of stalls; so far fourteen want to come.
      Summer festival|aiko|94|Good morning! The printer asks for the poster by noon.
      Summer festival|aiko|93|Two versions:\\nA: the heron on the crane\\nB: lanterns on the water\\nWhich one?
      Summer festival|tomas|88|A, without a doubt. That heron lives there, he deserves it.
      Summer festival|lena|86|A for me too
      Summer festival|mira|84|A! And could the date stand a little larger?
      Summer festival|aiko|71|Done, sent, and he likes it: https://posters.example/heron
      Summer festival|jonas|12|The brass band says yes 🎺 They need power for two amplifiers, and twelve chairs.
      Summer festival|tomas|10|Power I can do. Chairs: ask the rowing club, they owe us one.
      Summer festival|mira|9|I am seeing them tonight anyway, I will ask.
      Summer festival|lena|3|You are all wonderful. Cake at mine on Thursday, seven o'clock?
      Summer festival|jonas|2|If it is the plum one, I am already there
      Tomás Rivera|mira|40|Did the cable drum turn up?
      Tomás Rivera|tomas|38|Behind the stage boxes. 50 metres, all good.
      Book club|aiko|55|Finished it in one night.
      Book club|lena|52|Already?!
      Book club|aiko|51|I had tea. A lot of tea.
      Aiko Tanaka|aiko|6|The poster hangs in the bakery window already
      Aiko Tanaka|aiko|5|Look when you pass by 😊
      Gardening|lena|130|Seed swap on Sunday at eleven, behind the library
      """;

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private final Map<String, Person> people = new HashMap<>();
  private final Map<String, String> rooms = new HashMap<>();

  @Test
  void picturesOfALivelyServer() throws SQLException {
    NAMES.forEach((username, name) -> people.put(username, server.person(username, name)));
    make("Summer festival", "group");
    make("Book club", "public");
    make("Moving day", "group");
    make("Gardening", "public");
    for (String other : List.of("jonas", "aiko", "tomas")) {
      rooms.put(NAMES.get(other), people.get("mira").room("direct", people.get(other)));
    }
    talk();
    everybodyIsHere();
    take("desktop", BrowserExtension.desktop());
    take("dark", BrowserExtension.desktop().setColorScheme(ColorScheme.DARK));
    take("phone", BrowserExtension.phone());
    browser.assertNoErrors();
  }

  private void make(String name, String kind) {
    JsonArray members = new JsonArray(people.values().stream().map(Person::id).toList());
    JsonObject wish = new JsonObject().put("kind", kind).put("name", name).put("members", members);
    rooms.put(name, people.get("mira").post("/chat/rooms", wish).body().getString("id"));
  }

  private void talk() throws SQLException {
    DatabaseAddress database = server.database();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        PreparedStatement past = connection.prepareStatement(LONG_AGO)) {
      for (String line : TALK.lines().toList()) {
        String[] parts = line.split("\\|");
        String room = rooms.get(parts[0]);
        JsonObject message = people.get(parts[1]).say(room, parts[3].replace("\\n", "\n"));
        past.setInt(1, Integer.parseInt(parts[2]));
        past.setObject(2, UUID.fromString(room));
        past.setLong(3, message.getLong("seq"));
        past.executeUpdate();
      }
    }
    for (String read : List.of("Summer festival", "Moving day", "Jonas Weber", "Tomás Rivera")) {
      people
          .get("mira")
          .put("/chat/rooms/" + rooms.get(read) + "/read", new JsonObject().put("seq", 100));
    }
  }

  private void everybodyIsHere() {
    Stream.of("jonas", "aiko", "lena")
        .forEach(
            name -> {
              BusSocket socket = people.get(name).socket();
              rooms.values().forEach(socket::registerRoom);
            });
  }

  private void take(String picture, Browser.NewContextOptions options) {
    Visitor mira = Visitor.signedIn(browser.person(picture, options), server, people.get("mira"));
    mira.open("Summer festival");
    if (!picture.equals("phone")) {
      mira.the("members").click();
      assertThat(mira.the("member")).hasCount(NAMES.size());
      mira.the("composer").fill("Plum it is. I bring");
    }
    BusSocket aiko = people.get("aiko").socket();
    aiko.registerRoom(rooms.get("Summer festival"));
    aiko.ask(rooms.get("Summer festival"), new JsonObject().put("type", "typing"));
    assertThat(mira.the("typing")).containsText("Aiko");
    mira.page().screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(picture + ".png")));
  }
}
