package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Portrait;
import chat.parley.testing.Portrait.Cut;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
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

  /**
   * A month of growing talk. What was ever said before today counts below nothing, as the rooms'
   * own numbers say what came since.
   */
  private static final String PAST_DAYS =
      """
      insert into daily_activity
      select (now() at time zone 'utc')::date - n, 84 - (n * 70 - n * n / 2 + n * 37 % 23), 5, n % 3, 9 + (60 - n) / 6 + n * 7 % 5, 20,
        3, 2, 2, 0, 0, now() - n * interval '1 day'
      from generate_series(1, 30) n
      on conflict (day) do update set messages = excluded.messages""";

  private static final String WHO_WAS_HERE =
      """
      insert into daily_people select (now() at time zone 'utc')::date - n % 2, gen_random_uuid() from generate_series(1, 38) n""";

  private static final Map<String, Portrait> FACES =
      Map.of(
          "mira", new Portrait(0xf2c14e, 0x8d5a3b, 0x241a17, 0x0f766e, Cut.BUN),
          "jonas", new Portrait(0x9fc6d9, 0xf0c9a8, 0xb5652b, 0x34506b, Cut.BEARD),
          "aiko", new Portrait(0xf3b8a9, 0xf3d1b0, 0x1d1b22, 0x7a4b8f, Cut.LONG),
          "lena", new Portrait(0xb9d8a6, 0xf6d3bd, 0xd9a441, 0xa63f4f, Cut.LONG));

  /**
   * Room, who, minutes ago, what, and what it belongs to: {@code >} answers, {@code #} in the
   * thread of.
   */
  private static final String TALK =
      """
      Book club|lena|2900|Next month: “The Left Hand of Darkness”. Who has a copy to lend?
      Book club|jonas|2880|Me! It smells of attic, though.
      Moving day|tomas|2700|The van is booked for the 28th, eight in the morning.
      Moving day|mira|2690|I bring gloves, tape and a very large thermos
      Jonas Weber|jonas|1500|Can I borrow your drill at the weekend?
      Jonas Weber|mira|1490|Sure, it lives in the hall cupboard
      Summer festival|lena|1475|The permit is here! We may use the whole quay, **from the bridge to the old crane** 🎉
      Summer festival|jonas|1473|Finally!
      Summer festival|mira|1460|Perfect. I have started the list of stalls; so far fourteen want to come.
      Summer festival|aiko|94|The printer asks for the poster today. Two versions:\\n- **A**: the heron on the crane\\n- **B**: lanterns on the water
      Summer festival|tomas|88|A, without a doubt. That heron lives there, he deserves it.|#4
      Summer festival|lena|86|A for me too|#4
      Summer festival|mira|84|A! And could the date stand a little larger?|#4
      Summer festival|aiko|71|Done and sent. The page counts down the days now:\\n```js\\nconst opening = Date.parse('2027-06-19T15:00+02:00');\\nconst days = Math.ceil((opening - Date.now()) / 86_400_000);\\ntitle.textContent = `${days} days to go`;\\n```
      Summer festival|tomas|10|The brass band says yes 🎺 They need power for two amplifiers, and twelve chairs.
      Summer festival|jonas|9|Chairs: the rowing club owes us some. @mira, you see them tonight?|>9
      Summer festival|lena|3|You are all wonderful. Cake at mine on Thursday, seven o'clock?
      Tomás Rivera|mira|40|Did the cable drum turn up?
      Tomás Rivera|tomas|38|Behind the stage boxes. 50 metres, all good.
      Book club|aiko|55|Finished it in one night.
      Book club|lena|52|Already?!
      Book club|aiko|51|I had tea. A lot of tea.
      Aiko Tanaka|aiko|6|The poster hangs in the bakery window already
      Aiko Tanaka|aiko|5|Look when you pass by 😊
      Gardening|lena|130|Seed swap on Sunday at eleven, behind the library
      """;

  /** Message of the festival, who, with what. */
  private static final String REACTIONS =
      """
      1 mira 🎉
      1 jonas 🎉
      1 tomas 🎉
      1 aiko 🌻
      8 lena 👏
      8 mira 👏
      11 jonas 🍰
      11 tomas 🍰
      """;

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private final Map<String, Person> people = new HashMap<>();
  private final Map<String, String> rooms = new HashMap<>();

  @Test
  void picturesOfALivelyServer() throws SQLException {
    // The first account is the administrator's.
    Person ida = server.person("ida", "Ida Berg");
    NAMES.forEach((username, name) -> people.put(username, server.person(username, name)));
    make("Summer festival", "group");
    make("Book club", "public");
    make("Moving day", "group");
    make("Gardening", "public");
    for (String other : List.of("jonas", "aiko", "tomas")) {
      rooms.put(NAMES.get(other), people.get("mira").room("direct", people.get(other)));
    }
    FACES.forEach(
        (name, face) ->
            people
                .get(name)
                .bytes("PUT", "/users/me/avatar", face.png(), "Content-Type", "image/png"));
    talk();
    everybodyIsHere();
    take("desktop", BrowserExtension.desktop());
    take("dark", BrowserExtension.desktop().setColorScheme(ColorScheme.DARK));
    take("phone", BrowserExtension.phone().setDeviceScaleFactor(1.5));
    settings();
    administration(ida);
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
        JsonObject message = say(people.get(parts[1]), room, parts);
        past.setInt(1, Integer.parseInt(parts[2]));
        past.setObject(2, UUID.fromString(room));
        past.setLong(3, message.getLong("seq"));
        past.executeUpdate();
      }
    }
    react();
    for (String read : List.of("Summer festival", "Moving day", "Jonas Weber", "Tomás Rivera")) {
      people
          .get("mira")
          .put("/chat/rooms/" + rooms.get(read) + "/read", new JsonObject().put("seq", 100));
    }
  }

  private static JsonObject say(Person who, String room, String[] parts) {
    JsonObject words = new JsonObject().put("text", parts[3].replace("\\n", "\n"));
    if (parts.length > 4) {
      String how = parts[4].startsWith("#") ? "threadOf" : "replyTo";
      words.put(how, Long.parseLong(parts[4].substring(1)));
    }
    return who.post("/chat/rooms/" + room + "/messages", words).body().getJsonObject("message");
  }

  private void react() {
    String festival = "/chat/rooms/" + rooms.get("Summer festival") + "/messages/";
    for (String line : REACTIONS.lines().toList()) {
      String[] parts = line.split(" ");
      people.get(parts[1]).put(festival + parts[0] + "/reactions/" + parts[2], null);
    }
    people.get("mira").put(festival + "11/pin", null);
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
    if (picture.equals("desktop")) {
      mira.the("in-thread").last().click();
      assertThat(mira.the("thread").getByTestId("message-text")).hasCount(4);
      mira.the("composer").fill("I will ask them, and bring");
    } else if (picture.equals("dark")) {
      mira.the("members").click();
      assertThat(mira.the("member")).hasCount(NAMES.size());
    }
    BusSocket aiko = people.get("aiko").socket();
    aiko.registerRoom(rooms.get("Summer festival"));
    aiko.ask(rooms.get("Summer festival"), new JsonObject().put("type", "typing"));
    assertThat(mira.the("typing")).containsText("Aiko");
    shoot(mira, picture);
  }

  private void settings() {
    Page page = browser.person("settings", BrowserExtension.desktop());
    Visitor mira = Visitor.signedIn(page, server, people.get("mira"));
    mira.settings("profile");
    mira.the("profile-status").fill("On the quay, counting chairs");
    shoot(mira, "settings-profile");
    mira.settings("security");
    mira.the("new-key").click();
    mira.the("key-name").fill("Tide bot");
    mira.the("make-key").click();
    mira.the("key-kept").click();
    shoot(mira, "settings-security");
  }

  private void administration(Person ida) {
    server.sql(PAST_DAYS);
    server.sql(WHO_WAS_HERE);
    people.get("jonas").patch("/users/me", new JsonObject().put("displayName", "Jonas B. Weber"));
    Visitor admin = Visitor.inPanel(browser.person("ida"), server, ida, "");
    assertThat(admin.the("chart").first()).isVisible();
    shoot(admin, "admin-dashboard");
    admin.the("nav-users").click();
    admin.the("sort-username").click();
    admin.the("choose").nth(1).check();
    shoot(admin, "admin-users");
    admin.the("nav-audit-log").click();
    admin
        .the("row")
        .filter(new Locator.FilterOptions().setHasText("display_name"))
        .filter(new Locator.FilterOptions().setHasText("update"))
        .first()
        .getByTestId("open-row")
        .click();
    assertThat(admin.the("diff-line").first()).isVisible();
    shoot(admin, "admin-audit");
    Page phone = browser.person("ida's phone", BrowserExtension.phone().setDeviceScaleFactor(1.5));
    Visitor there = Visitor.inPanel(phone, server, ida, "#/users?sort=username");
    assertThat(there.the("row").first()).isVisible();
    shoot(there, "admin-phone");
  }

  /** Faces come when they come. */
  private static void shoot(Visitor mira, String picture) {
    mira.page()
        .evaluate(
            "() => Promise.all([...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight && image.checkVisibility())"
                + ".map((image) => image.complete || new Promise((done) => { image.onload = image.onerror = done; })))");
    mira.page().screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(picture + ".png")));
  }
}
