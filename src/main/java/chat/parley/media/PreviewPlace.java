package chat.parley.media;

import chat.parley.model.Links;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a link leads, taken apart once, so that nobody after reads it otherwise: what is checked is
 * what is connected to.
 *
 * @param host in small letters and in ASCII, or an address of IPv6 without its brackets
 * @param path with the query, as it is asked for
 */
record PreviewPlace(boolean secure, String host, int port, String path) {
  private static final Pattern FORM =
      Pattern.compile("(https?)://([^/?#\\\\@]+)([/?][^#]*)?(?:#.*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9a-f:.]{2,45})]|([a-z0-9._-]{1,253}))(?::([0-9]{1,5}))?");
  private static final String HEX = "0123456789ABCDEF";

  /** Empty for what is no address of the web, and for one with a name or password in it. */
  static Optional<PreviewPlace> of(String address) {
    Matcher form = FORM.matcher(address);
    if (address.length() > Links.LONGEST || !form.matches()) {
      return Optional.empty();
    }
    Matcher authority = AUTHORITY.matcher(ascii(form.group(2)));
    if (!authority.matches()) {
      return Optional.empty();
    }
    boolean secure = form.group(1).equalsIgnoreCase("https");
    String host = authority.group(1) == null ? authority.group(2) : authority.group(1);
    String port = authority.group(3);
    return Optional.of(
        new PreviewPlace(
            secure,
            host,
            port == null ? secure ? 443 : 80 : Integer.parseInt(port),
            path(form.group(3))));
  }

  /** Where {@code location}, said here, leads. */
  Optional<PreviewPlace> to(String location) {
    try {
      return of(URI.create(address()).resolve(escaped(location)).toString());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  String address() {
    return (secure ? "https://" : "http://") + authority() + path;
  }

  /** As the header Host has it. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  private static String ascii(String host) {
    try {
      boolean plain = host.chars().allMatch(c -> c < 0x80);
      return (plain ? host : IDN.toASCII(host)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noHost) {
      return "";
    }
  }

  private static String path(String said) {
    String path = said == null ? "/" : escaped(said);
    return path.startsWith("/") ? path : "/" + path;
  }

  /** What may not stand in an address as it is, in percents. */
  private static String escaped(String said) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : said.strip().getBytes(StandardCharsets.UTF_8)) {
      if (b <= ' ' || b == 0x7f || "\"<>\\^`{|}".indexOf(b) >= 0) {
        escaped.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      } else {
        escaped.append((char) b);
      }
    }
    return escaped.toString();
  }
}
