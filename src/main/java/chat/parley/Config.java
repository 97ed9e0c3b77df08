package chat.parley;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings of one server: flags before environment before file before defaults, each checked.
 */
public final class Config {
  private static final String FILE = "parley.properties";
  private static final String PREFIX = "PARLEY_";

  private final Map<Setting, String> values;
  private final Map<Setting, String> sources;

  private Config(Map<Setting, String> values, Map<Setting, String> sources) {
    this.values = values;
    this.sources = sources;
  }

  /**
   * A setting that does not exist or cannot be what it was set to; the message is for the operator.
   */
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Reads the settings of this process.
   *
   * @throws Wrong naming the first that is not right
   */
  public static Config read(List<String> arguments, Map<String, String> environment, Path folder) {
    Map<Setting, String> flags = flags(arguments);
    Map<Setting, String> variables = variables(environment);
    String named = flags.getOrDefault(Setting.CONFIG, variables.getOrDefault(Setting.CONFIG, ""));
    Map<Setting, String> lines = file(folder, named);
    Map<Setting, String> merged = new EnumMap<>(Setting.class);
    Map<Setting, String> sources = new EnumMap<>(Setting.class);
    merged.putAll(lines);
    lines.keySet().forEach(each -> sources.put(each, "file " + (named.isEmpty() ? FILE : named)));
    merged.putAll(variables);
    variables.keySet().forEach(each -> sources.put(each, "environment"));
    merged.putAll(flags);
    flags.keySet().forEach(each -> sources.put(each, "flag"));
    return of(merged, sources);
  }

  /** Settings given in the program, as tests do. */
  public static Config of(Map<Setting, String> given) {
    return of(given, Map.of());
  }

  private static Config of(Map<Setting, String> given, Map<Setting, String> sources) {
    given.forEach(
        (setting, value) ->
            Optional.ofNullable(setting.objection(value))
                .ifPresent(
                    objection -> {
                      throw new Wrong(setting.flag() + " " + objection);
                    }));
    return new Config(new EnumMap<>(given), sources);
  }

  /** Who said so: flag, environment, the file by its name, or default. */
  public String source(Setting setting) {
    return sources.getOrDefault(setting, values.containsKey(setting) ? "program" : "default");
  }

  /** Empty when neither set nor with a default. */
  public String get(Setting setting) {
    return values.getOrDefault(setting, setting.standard());
  }

  public int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  public boolean isOn(Setting setting) {
    return get(setting).equals("on");
  }

  public List<String> list(Setting setting) {
    return list(get(setting));
  }

  static List<String> list(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** All settings as a table in Markdown; {@code docs/settings.md} holds the same. */
  public static String table() {
    return Arrays.stream(Setting.values())
        .map(
            setting ->
                "| `"
                    + setting.flag()
                    + "` | `"
                    + setting.variable()
                    + "` | "
                    + (setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`")
                    + " | "
                    + setting.says()
                    + " |\n")
        .collect(
            Collectors.joining(
                "", "| Flag | Environment | Default | Meaning |\n|---|---|---|---|\n", ""));
  }

  /** The same for a terminal. */
  public static String help() {
    return Arrays.stream(Setting.values())
        .map(
            setting ->
                "  "
                    + setting.flag()
                    + (setting.standard().isEmpty() ? "" : " (" + setting.standard() + ")")
                    + "\n      "
                    + setting.says()
                    + "\n")
        .collect(
            Collectors.joining(
                "",
                "A setting is a flag (--port 80), an environment variable (PARLEY_PORT=80)"
                    + " or a line in\nparley.properties (port=80), in that order of strength.\n\n",
                ""));
  }

  private static Map<Setting, String> flags(List<String> arguments) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String[] parts = rest.remove().split("=", 2);
      if (!parts[0].startsWith("--")) {
        throw new Wrong("'" + parts[0] + "' is not a setting; --help shows them all");
      }
      Setting setting = setting(parts[0].substring(2), parts[0]);
      put(flags, setting, parts.length == 2 ? parts[1] : value(setting, rest));
    }
    return flags;
  }

  /** A switch may stand alone. */
  private static String value(Setting setting, Deque<String> rest) {
    if (setting.isSwitch() && !Objects.requireNonNullElse(rest.peek(), "").matches("on|off")) {
      return "on";
    }
    if (rest.isEmpty()) {
      throw new Wrong(setting.flag() + " needs a value");
    }
    return rest.remove();
  }

  private static void put(Map<Setting, String> flags, Setting setting, String value) {
    if (flags.put(setting, value) != null) {
      throw new Wrong(setting.flag() + " is given twice");
    }
  }

  private static Map<Setting, String> variables(Map<String, String> environment) {
    Map<Setting, String> variables = new EnumMap<>(Setting.class);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
            Setting setting = setting(key, name);
            // Compose files and the like set what they have no value for.
            if (!value.isEmpty()) {
              variables.put(setting, value);
            }
          }
        });
    return variables;
  }

  private static Map<Setting, String> file(Path folder, String named) {
    Path path = folder.resolve(named.isEmpty() ? FILE : named);
    if (named.isEmpty() && !Files.exists(path)) {
      return Map.of();
    }
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Wrong("The settings in " + path + " cannot be read");
    }
    Map<Setting, String> found = new HashMap<>();
    lines
        .stringPropertyNames()
        .forEach(
            key ->
                found.put(
                    setting(key, "'" + key + "' in " + path), lines.getProperty(key).strip()));
    return found;
  }

  private static Setting setting(String key, String where) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new Wrong(where + " is not a setting; --help shows them all"));
  }
}
