package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Failure;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forms are taken apart alike however they are cut on their way. */
class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=xYz";

  /** What was heard, one line each. */
  private static final class Heard implements Multipart.Listener {
    final List<String> parts = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();

    @Override
    public void begins(String name, String fileName) {
      parts.add(name + " " + fileName);
    }

    @Override
    public void continues(byte[] bytes, int from, int to) {
      data.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void ends() {
      parts.add(data.toString());
      data.setLength(0);
    }
  }

  private static String part(String disposition, String data) {
    return "--xYz\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + data + "\r\n";
  }

  private static List<String> heard(String body, int... cuts) {
    Heard heard = new Heard();
    Multipart form = Multipart.of(TYPE, heard);
    int from = 0;
    for (int cut : cuts) {
      form.take(Buffer.buffer(body.substring(from, cut), "ISO-8859-1"));
      from = cut;
    }
    form.take(Buffer.buffer(body.substring(from), "ISO-8859-1"));
    assertTrue(form.isWhole(), "whole");
    return heard.parts;
  }

  @Test
  void cutAnywhereIsHeardAlike() {
    String almost = "\r\n--xY \r\n--\r\n\r\r\n--x";
    String body = part("name=\"file\"; filename=\"a, b.txt\"", almost) + part("name=voice", "true");
    body += part("name=\"empty\"; filename=\"\"", "") + "--xYz--\r\n";
    List<String> whole = List.of("file a, b.txt", almost, "voice null", "true", "empty ", "");
    for (int first = 1; first < body.length(); first++) {
      assertEquals(whole, heard(body, first));
    }
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      int[] cuts = random.ints(5, 1, body.length()).sorted().toArray();
      assertEquals(whole, heard(body, cuts));
    }
  }

  @Test
  void endIsFoundAmongBytesThatAreAlmostOne() {
    Random random = new Random(11);
    String signs = "\r\n--xYz";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder data = new StringBuilder();
      random.ints(80, 0, signs.length()).forEach(at -> data.append(signs.charAt(at)));
      String file = data.toString();
      while (file.contains("\r\n--xYz")) {
        file = file.replace("\r\n--xYz", "");
      }
      String body = part("name=file; filename=a", file) + "--xYz--";
      assertEquals(List.of("file a", file), heard(body, 1 + random.nextInt(body.length() - 1)));
    }
  }

  @Test
  void namesAreWhatTheyWere() {
    String form = "name=\"file\"; filename=\"%s\"";
    String rest = "--xYz--";
    assertEquals("file a\"b.txt", heard(part(form.formatted("a%22b.txt"), "x") + rest).get(0));
    assertEquals("file a\"b.txt", heard(part(form.formatted("a\\\"b.txt"), "x") + rest).get(0));
    assertEquals("file C:\\a.txt", heard(part(form.formatted("C:\\a.txt"), "x") + rest).get(0));
    String both = form.formatted("old") + "; filename*=UTF-8''n%C3%A4w.txt";
    assertEquals("file näw.txt", heard(part(both, "x") + rest).get(0));
  }

  @Test
  void whatIsNoFormIsRefusedOrNotWhole() {
    String good = part("name=\"file\"; filename=\"a\"", "x");
    for (String body :
        List.of(
            "x".repeat(2_000),
            good + "--xYzNO",
            "--xYz\r\nContent-Type: a\r\n\r\nx\r\n--xYz--",
            "--xYz\r\n" + "x".repeat(5_000),
            good.repeat(9) + "--xYz--",
            good + "--xYz--" + "x".repeat(2_000))) {
      Multipart form = Multipart.of(TYPE, new Heard());
      assertThrows(Failure.class, () -> form.take(Buffer.buffer(body)), body);
    }
    Multipart open = Multipart.of(TYPE, new Heard());
    open.take(Buffer.buffer(good + "--xYz"));
    assertFalse(open.isWhole());
    for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=", "a/b")) {
      assertThrows(Failure.class, () -> Multipart.of(type, new Heard()), type);
    }
  }
}
