package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.bus.Topic;
import chat.parley.model.Event;
import chat.parley.model.Live;
import chat.parley.model.UserEvent;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogues agree with the code, with each other and with the web client's. */
class CatalogueTest {
  private static final Path MAIN = Path.of("src/main/java");

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        all.append(Files.readString(file).replaceAll("\\s+", ""));
      }
    }
    return all.toString();
  }

  private static List<Field> constants(Class<?> type) {
    return Arrays.stream(Addresses.class.getFields())
        .filter(field -> field.getType() == type)
        .toList();
  }

  @Test
  void everyAddressIsServedOnceAndAsked() throws IOException {
    String sources = sources();
    for (Field field : constants(Address.class)) {
      String name = "Addresses." + field.getName();
      long served = count(sources, "(?:serve|change)\\(" + name + ",");
      assertEquals(1, served, name + " is served");
      assertTrue(count(sources, "\\b" + name + "\\b") > served, name + " is asked by nobody");
    }
  }

  @Test
  void everyTopicIsAnnouncedAndHeard() throws IOException {
    String sources = sources();
    for (Field field : constants(Topic.class)) {
      String name = "Addresses." + field.getName();
      assertTrue(
          count(sources, "publish(?:Here)?\\(" + name + ",") > 0, name + " is never announced");
      assertTrue(count(sources, "hear\\(" + name + ",") > 0, name + " is never heard");
    }
  }

  @Test
  void namesOnTheBusAreUnique() throws IllegalAccessException {
    Set<String> names = new HashSet<>();
    for (Field field : constants(Address.class)) {
      Address<?, ?> address = (Address<?, ?>) field.get(null);
      assertTrue(names.add(address.name()), address.name());
      assertTrue(address.says().contains(" ask"), address.name() + " says who asks");
    }
  }

  @Test
  void problemsHaveTheirOwnSlugs() {
    Set<String> slugs = new HashSet<>();
    for (Problem problem : Problem.values()) {
      assertTrue(slugs.add(problem.slug()), problem.slug());
      assertTrue(problem.status() >= 400 && problem.status() < 600);
    }
  }

  @Test
  void webClientKnowsTheSameEvents() throws IOException {
    String events = Files.readString(Path.of("webroot/js/events.js"));
    assertEquals(types(Event.class), words(events, "ROOM_EVENTS"));
    Set<String> ofUser = types(UserEvent.class);
    Set<String> passing = types(Live.class);
    ofUser.addAll(Set.of("head", "announcement", "session-expiring", "session-ended"));
    passing.removeAll(Set.of("announcement", "session-expiring", "session-ended"));
    assertEquals(ofUser, words(events, "USER_EVENTS"));
    assertEquals(passing, words(events, "PASSING_EVENTS"));
  }

  @Test
  void closeCodesAreDocumentedAndKnownToTheWebClient() throws IOException {
    String codes = Files.readString(MAIN.resolve("chat/parley/realtime/CloseCode.java"));
    List<String> ours = all(codes, "\\((\\d{4}), \"");
    assertEquals(
        ours, all(Files.readString(Path.of("docs/api/realtime.md")), "(?m)^\\| (\\d{4}) \\|"));
    assertEquals(ours, all(Files.readString(Path.of("webroot/js/events.js")), "(\\d{4}): '"));
  }

  /** What the records of a sealed interface say in {@code type}, read from their source. */
  private static Set<String> types(Class<?> sealed) throws IOException {
    String source = Files.readString(MAIN.resolve(sealed.getName().replace('.', '/') + ".java"));
    Set<String> types = new TreeSet<>(all(source, "return \"([a-z-]+)\";"));
    assertTrue(!types.isEmpty(), sealed + " has types");
    return types;
  }

  private static Set<String> words(String source, String constant) {
    Matcher block =
        Pattern.compile(constant + " = Object\\.freeze\\(\\{(.*?)\\}\\)", Pattern.DOTALL)
            .matcher(source);
    assertTrue(block.find(), constant);
    return new TreeSet<>(all(block.group(1), "'([a-z-]+)'"));
  }

  private static List<String> all(String text, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
