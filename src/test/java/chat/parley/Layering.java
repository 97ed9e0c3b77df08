package chat.parley;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The rules of who may know whom, as {@code design.md} draws the rooms, checked on the text of one
 * source file. Comments do not count; SQL is looked for in literals, everything else outside them.
 */
final class Layering {
  private static final String ROOT = "chat.parley";

  /** Beside the root the one that knows everybody, the root too; only the root knows it. */
  private static final String COMMAND = "command";

  /** Which rooms a room may know beside itself. The root is in no list: nobody knows it. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "model", Set.of(),
          "bus", Set.of("model"),
          "cluster", Set.of(),
          "http", Set.of("bus", "model", "realtime"),
          "realtime", Set.of("bus", "model"),
          "auth", Set.of("bus", "model"),
          "persistence", Set.of("bus", "model"),
          "media", Set.of("bus", "model"),
          "mail", Set.of("bus", "model"));

  private static final Set<String> SAYS_NOTHING =
      Set.of("util", "utils", "common", "impl", "manager", "managers", "helper", "helpers", "misc");

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          """
          (?x) //.* | /\\*[\\s\\S]*?\\*/
          | \"""[\\s\\S]*?(?<!\\\\)\""" | "(?:[^"\\\\\\n]|\\\\.)*"
          | '(?:[^'\\\\\\n]|\\\\.)+'
          """);
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;");
  private static final Pattern OURS = Pattern.compile("\\bchat\\.parley(?:\\.(\\w+|\\*))?+");
  private static final Pattern EVENT_BUS = Pattern.compile("(?:\\.|::)\\s*eventBus\\b");
  private static final Pattern DATABASE =
      Pattern.compile("\\b(?:io\\.vertx\\.(?:sqlclient|pgclient)|java\\.sql|org\\.postgresql)\\b");
  private static final Pattern INPUT_OUTPUT =
      Pattern.compile(
          "\\b(?:io\\.vertx|io\\.netty|java\\.sql|java\\.nio\\.(?:file|channels)"
              + "|java\\.net\\.(?!URI\\b)|java\\.io\\.(?!IOException\\b|UncheckedIOException\\b))");

  /** A literal that begins as a statement does. Prose begins with one capital letter. */
  private static final Pattern SQL =
      Pattern.compile(
          """
          (?xi) \\A "+ \\s* (?-i: (?! [A-Z][a-z] )) (?:
            (?-i: SELECT ) \\s
          | select \\s+ (?: distinct \\s+ )? [^\\s,]+ (?: \\s* , [^"]*? )? \\s+ from \\s
          | insert \\s+ into \\s
          | update \\s+ \\S+ \\s+ (?: \\w+ \\s+ )? set \\s
          | delete \\s+ from \\s
          | with \\s+ (?: recursive \\s+ )? \\w+ \\s* (?: \\([^)]*\\) \\s* )? as \\s+ [\\w\\s]* \\(
          | (?: create | alter | drop ) \\s+ (?: or \\s+ replace \\s+ )? (?: unique \\s+ )?
              (?: table | index | view | function | trigger | type | role | schema | database
                | extension | sequence ) \\s
          | (?-i: TRUNCATE | LOCK | SET | COPY | LISTEN | NOTIFY | VACUUM | ANALYZE | EXPLAIN ) \\s
          )
          """);

  private Layering() {}

  /** One line for each rule that {@code source} breaks; {@code file} is only named. */
  static List<String> violations(String file, String source) {
    var literals = new ArrayList<String>();
    var code = COMMENT_OR_LITERAL.matcher(source).replaceAll(found -> blank(found, literals));
    var home = PACKAGE.matcher(code).results().map(p -> p.group(1)).findFirst().orElse("");
    var room = roomOf(home);
    var found = new ArrayList<String>();
    if (!home.equals(ROOT) && !room.equals(COMMAND) && !MAY_USE.containsKey(room)) {
      found.add(home + " is not a room of the design");
    }
    List.of(home.split("\\.")).stream()
        .filter(SAYS_NOTHING::contains)
        .forEach(name -> found.add("a package named " + name + " says nothing"));
    if (!home.equals(ROOT) && !room.equals(COMMAND)) {
      used(code).stream()
          .filter(Predicate.not(name -> mayUse(room, name)))
          .forEach(name -> found.add(room + " may not use " + name));
    }
    if (!room.equals("bus") && EVENT_BUS.matcher(code).find()) {
      found.add("only bus may call eventBus()");
    }
    if (room.equals("model") && INPUT_OUTPUT.matcher(code).find()) {
      found.add("model does no input or output");
    }
    if (!room.equals("persistence")) {
      literals.stream()
          .filter(literal -> SQL.matcher(literal).find())
          .forEach(literal -> found.add("SQL outside persistence: " + literal.lines().toList()));
      if (DATABASE.matcher(code).find() && !home.equals(ROOT)) {
        found.add("only persistence knows the database's client");
      }
    }
    return found.stream().map(line -> file + ": " + line).toList();
  }

  private static String blank(MatchResult found, List<String> literals) {
    var text = found.group();
    if (text.startsWith("\"")) {
      literals.add(text);
    }
    return text.startsWith("/") ? " " : "\"\"";
  }

  /** The rooms that code names, "the root" for a class of the root itself. */
  private static Set<String> used(String code) {
    var rooms = new TreeSet<String>();
    OURS.matcher(PACKAGE.matcher(code).replaceAll(""))
        .results()
        .map(found -> found.group(1))
        .forEach(
            next ->
                rooms.add(
                    next == null || !Character.isLowerCase(next.charAt(0)) ? "the root" : next));
    return rooms;
  }

  private static boolean mayUse(String room, String other) {
    return other.equals(room) || MAY_USE.getOrDefault(room, Set.of()).contains(other);
  }

  /** "http" for chat.parley.http and for whatever is below it. */
  private static String roomOf(String name) {
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
  }
}
