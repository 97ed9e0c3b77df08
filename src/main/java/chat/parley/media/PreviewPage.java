package chat.parley.media;

import chat.parley.model.Preview;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/**
 * What a page says of itself in its head, as plain text; its body is not even parsed. Blocks for
 * O(bytes).
 *
 * @param title null for none, as the others
 * @param image where its picture is, as the page says it
 */
record PreviewPage(String title, String description, String site, String image) {
  private static final int TITLE = 200;
  private static final int DESCRIPTION = 300;
  private static final int SITE = 80;

  /** A page's own word on its charset stands at its beginning. */
  private static final int BEGINNING = 1_024;

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([\\w.:-]{1,40})", Pattern.CASE_INSENSITIVE);

  static PreviewPage of(PreviewFetch.Answer answer) throws IOException {
    String said = new String(answer.bytes(), charset(answer.type(), answer.bytes()));
    String html = said.startsWith("\ufeff") ? said.substring(1) : said;
    try (StreamParser parser = new StreamParser(Parser.htmlParser())) {
      Element head = parser.parse(html, answer.place().address()).selectFirst("head");
      return head == null ? new PreviewPage(null, null, null, null) : of(head);
    }
  }

  private static PreviewPage of(Element head) {
    Map<String, String> says = new HashMap<>();
    for (Element meta : head.select("meta[content]")) {
      String name = meta.hasAttr("property") ? meta.attr("property") : meta.attr("name");
      if (!meta.attr("content").isBlank()) {
        says.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), meta.attr("content"));
      }
    }
    Element title = head.selectFirst("title");
    return new PreviewPage(
        text(says.getOrDefault("og:title", title == null ? null : title.text()), TITLE),
        text(says.getOrDefault("og:description", says.get("description")), DESCRIPTION),
        text(says.get("og:site_name"), SITE),
        says.getOrDefault("og:image", says.get("og:image:url")));
  }

  /** Whether there is nothing to show. */
  boolean isSilent() {
    return title == null && description == null;
  }

  /**
   * @param picture null for none
   */
  Preview shown(String link, String host, UUID picture) {
    return new Preview(link, title, description, site == null ? text(host, SITE) : site, picture);
  }

  /** The server's word counts, then a mark at the beginning, then the page's own. */
  private static Charset charset(String type, byte[] bytes) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0x1fd) {
      return StandardCharsets.UTF_16;
    }
    Charset said = named(type);
    String beginning =
        new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.ISO_8859_1);
    Charset own = said == null ? named(beginning) : said;
    return own == null ? StandardCharsets.UTF_8 : own;
  }

  private static Charset named(String text) {
    Matcher name = CHARSET.matcher(text);
    try {
      return name.find() ? Charset.forName(name.group(1)) : null;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return null;
    }
  }

  /**
   * One line, cut to so many characters; what steers terminals or the direction of writing gone.
   */
  static String text(String said, int most) {
    if (said == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    int length = 0;
    boolean blank = false;
    for (int c : said.codePoints().limit(20L * most).toArray()) {
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = length > 0;
      } else if (!isUnseemly(c)) {
        if (length + (blank ? 2 : 1) > most) {
          return text.append('…').toString();
        }
        length += blank ? 2 : 1;
        text.append(blank ? " " : "").appendCodePoint(c);
        blank = false;
      }
    }
    return length == 0 ? null : text.toString();
  }

  private static boolean isUnseemly(int c) {
    int type = Character.getType(c);
    boolean joinsEmoji = c == 0x200d;
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || type == Character.FORMAT && !joinsEmoji;
  }
}
