package chat.parley.mail;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays words out, once as plain text and once as HTML that loads nothing from anywhere and looks
 * right without it.
 */
final class Paper {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>%1$s</title>
      </head>
      <body style="margin:0;padding:24px;background:#f4f4f6;color:#1c1c22;\
      font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
      <div style="max-width:34em;margin:0 auto;padding:24px 28px;background:#ffffff;border-radius:12px">
      <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">%1$s</h1>
      %2$s
      </div>
      <p style="max-width:34em;margin:16px auto 0;padding:0 28px;font-size:13px;color:#5d5d6b">%3$s</p>
      </body>
      </html>
      """;

  private static final String PARAGRAPH = "<p style=\"margin:0 0 16px\">%s</p>\n";

  private static final String LINK =
      """
      <p style="margin:0 0 16px"><a href="%1$s" style="display:inline-block;padding:10px 20px;border-radius:8px;\
      background:#3b5bdb;color:#ffffff;text-decoration:none;font-weight:600">%2$s</a></p>
      <p style="margin:0 0 16px;font-size:13px;color:#5d5d6b;word-break:break-all">%1$s</p>
      """;

  private static final int LINE = 72;

  private Paper() {}

  /** {@code username} may be null. */
  static String text(Words words, String username, Site site) {
    Stream<String> link = words.link() == null ? Stream.of() : Stream.of(words.link().address());
    return Stream.of(
                Stream.of(greeting(username)),
                words.before().stream().map(Paper::wrapped),
                link,
                words.after().stream().map(Paper::wrapped))
            .flatMap(each -> each)
            .collect(Collectors.joining("\n\n"))
        + "\n\n-- \n"
        + foot(site)
        + "\n";
  }

  /** {@code username} may be null. */
  static String html(Words words, String username, Site site) {
    StringBuilder body = new StringBuilder(paragraph(greeting(username)));
    words.before().forEach(each -> body.append(paragraph(each)));
    if (words.link() != null) {
      body.append(LINK.formatted(escaped(words.link().address()), escaped(words.link().says())));
    }
    words.after().forEach(each -> body.append(paragraph(each)));
    return PAGE.formatted(escaped(words.subject()), body, escaped(foot(site)));
  }

  /** As plain text has been read since there is mail; a link is never broken. */
  private static String wrapped(String paragraph) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : paragraph.split(" ")) {
      boolean fits = length + 1 + word.length() <= LINE;
      lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
      length = length > 0 && fits ? length + 1 + word.length() : word.length();
    }
    return lines.toString();
  }

  private static String greeting(String username) {
    return username == null ? "Hello," : "Hello " + username + ",";
  }

  private static String foot(Site site) {
    return "Sent by " + site.name() + ". Nobody reads what is answered to this address.";
  }

  private static String paragraph(String text) {
    return PARAGRAPH.formatted(escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
