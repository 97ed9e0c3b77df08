package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} says, read as a program on the same machine. */
public record Scrape(String text, Map<String, Double> values) {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_0-9]+(?:\\{[^}]*})?) (\\S+)$");

  public static Scrape of(TestServer server) {
    RawHttp.Reply reply = RawHttp.send(server.port(), "GET", "/metrics", List.of(), new byte[0]);
    assertEquals(200, reply.status(), reply::text);
    Map<String, Double> values = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(reply.text());
    while (sample.find()) {
      values.put(sample.group(1), Double.parseDouble(sample.group(2)));
    }
    return new Scrape(reply.text(), values);
  }

  /** A sample by its name with labels as it is written; 0 when there is none. */
  public long value(String sample) {
    return values.getOrDefault(sample, 0.0).longValue();
  }

  /** By how much a sample has grown since an earlier scrape. */
  public long since(Scrape before, String sample) {
    return value(sample) - before.value(sample);
  }
}
