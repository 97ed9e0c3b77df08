package chat.parley.http;

import java.util.regex.Pattern;

/**
 * A path as logs may show it: without its query, not endless, and without what may be a secret.
 * Operations whose path holds one are logged by their template; this is for what came near such a
 * path and missed.
 */
final class ShownPath {
  private static final int LONGEST = 512;

  /** So long a word, other than of our own paths, that is no id and names no file: a token. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?<=^|/)(?![0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:/|$))"
              + "(?![A-Za-z0-9._-]{1,64}\\.(?:m?js|css|json|svg|png|jpg|ico|html|woff2|webmanifest|yaml)$)"
              + "(?=[^/]*[^a-z/-])[^/]{20,}");

  private ShownPath() {}

  /** {@code uri} is the raw target of a request. */
  static String of(String uri) {
    int end = uri.length();
    for (int i = 0; i < end; i++) {
      if (uri.charAt(i) == '?' || uri.charAt(i) == '#' || uri.charAt(i) == ';') {
        end = i;
      }
    }
    // Cut last: half a secret would pass for a short word.
    String shown = SECRET.matcher(uri.substring(0, end)).replaceAll("{hidden}");
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
  }
}
