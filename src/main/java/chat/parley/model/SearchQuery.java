package chat.parley.model;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody typed to find messages: words, {@code "phrases"}, and the filters {@code from: in:
 * before: after: has:}. Everything must hold. Read in one pass, O(length).
 *
 * @param words folded; each is to stand somewhere in the message, as part of a word too
 * @param from the folded name of who said it; null for anybody
 * @param in a room's name as it was typed; null for all
 * @param before the first day that is too late; null for none
 * @param after the first day that counts; null for all
 */
public record SearchQuery(
    List<String> words,
    String from,
    String in,
    LocalDate before,
    LocalDate after,
    Set<Carried> has) {
  private static final int MOST_WORDS = 20;
  private static final int LONGEST_WORD = 200;

  /** A query that makes no sense; the message is for whoever typed it. */
  public static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unclear(String message) {
      super(message, null, false, false);
    }
  }

  /** Fails with {@link Unclear}. */
  public static SearchQuery parse(String typed) {
    Parser parser = new Parser(typed);
    parser.read();
    SearchQuery query =
        new SearchQuery(
            List.copyOf(parser.words),
            parser.from,
            parser.in,
            parser.before,
            parser.after,
            Collections.unmodifiableSet(parser.has));
    if (query.isEmpty()) {
      throw new Unclear("says nothing to look for");
    }
    if (query.before != null && query.after != null && !query.after.isBefore(query.before)) {
      throw new Unclear("ends before it begins");
    }
    return query;
  }

  private boolean isEmpty() {
    return Stream.of(from, in, before, after).allMatch(each -> each == null)
        && words.isEmpty()
        && has.isEmpty();
  }

  private static final class Parser {
    private final String typed;
    private int at;
    private final List<String> words = new ArrayList<>();
    private String from;
    private String in;
    private LocalDate before;
    private LocalDate after;
    private final Set<Carried> has = EnumSet.noneOf(Carried.class);

    Parser(String typed) {
      this.typed = typed;
    }

    void read() {
      while (at < typed.length()) {
        char c = typed.charAt(at);
        if (isBlank(c)) {
          at++;
        } else if (c == '"') {
          word(quoted());
        } else {
          String plain = plain();
          int colon = plain.indexOf(':');
          if (colon < 0 || !filter(plain.substring(0, colon), plain.substring(colon + 1))) {
            word(plain);
          }
        }
      }
    }

    private static boolean isBlank(char c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Up to the other quote, or to the end: it may still be typed. */
    private String quoted() {
      int end = typed.indexOf('"', at + 1);
      int stop = end < 0 ? typed.length() : end;
      String inside = typed.substring(at + 1, stop);
      at = stop + 1;
      return inside;
    }

    private String plain() {
      int start = at;
      while (at < typed.length() && !isBlank(typed.charAt(at)) && typed.charAt(at) != '"') {
        at++;
      }
      return typed.substring(start, at);
    }

    private void word(String plain) {
      if (plain.length() > LONGEST_WORD) {
        throw new Unclear("has a word of more than " + LONGEST_WORD + " characters");
      }
      String folded = FoldedText.of(plain).text().strip();
      if (folded.isEmpty() || words.contains(folded)) {
        return;
      }
      if (words.size() == MOST_WORDS) {
        throw new Unclear("has more than " + MOST_WORDS + " words");
      }
      words.add(folded);
    }

    /** False for what only looks like one, as an address does. */
    private boolean filter(String name, String rest) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "from" -> from = Fold.key(withoutAt(value("from:", rest, from, "@name")));
        case "in" -> in = value("in:", rest, in, "a room's name, as in in:lobby or in:\"my room\"");
        case "before" -> before = day("before:", rest, before);
        case "after" -> after = day("after:", rest, after);
        case "has" -> has.add(carried(value("has:", rest, null, kinds())));
        default -> {
          return false;
        }
      }
      return true;
    }

    private String value(String name, String rest, Object given, String needed) {
      boolean quotes = rest.isEmpty() && at < typed.length() && typed.charAt(at) == '"';
      String value = (quotes ? quoted() : rest).strip();
      if (value.isEmpty()) {
        throw new Unclear(name + " needs " + needed);
      }
      if (given != null) {
        throw new Unclear(name + " can be given once");
      }
      if (value.length() > LONGEST_WORD) {
        throw new Unclear(name + " has more than " + LONGEST_WORD + " characters");
      }
      return value;
    }

    private static String withoutAt(String name) {
      if (name.equals("@")) {
        throw new Unclear("from: needs @name");
      }
      return name.startsWith("@") ? name.substring(1) : name;
    }

    private LocalDate day(String name, String rest, LocalDate given) {
      String value = value(name, rest, given, "a day, as in " + name + "2026-01-31");
      try {
        LocalDate day = LocalDate.parse(value);
        if (day.getYear() < 1970 || day.getYear() > 9998) {
          throw new Unclear(name + " needs a day from 1970 to 9998");
        }
        return day;
      } catch (DateTimeParseException wrong) {
        throw new Unclear(name + " needs a day, as in " + name + "2026-01-31");
      }
    }

    private static Carried carried(String value) {
      return Stream.of(Carried.values())
          .filter(each -> each.word().equalsIgnoreCase(value))
          .findFirst()
          .orElseThrow(() -> new Unclear("has: needs " + kinds()));
    }

    private static String kinds() {
      return Stream.of(Carried.values())
          .map(Carried::word)
          .collect(Collectors.joining(", "))
          .replaceFirst(", (\\w+)$", " or $1");
    }
  }
}
