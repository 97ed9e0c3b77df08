package chat.parley.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What stands behind the question mark of an address. */
public final class Query {
  private Query() {}

  public static Map<String, String> of(String address) {
    Map<String, String> query = new HashMap<>();
    Arrays.stream(address.substring(address.indexOf('?') + 1).split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> query.put(decoded(pair[0]), decoded(pair[1])));
    return query;
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
