package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Admin;
import chat.parley.model.Json;
import chat.parley.model.Page;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model's rows as CSV (RFC 4180), made while it is sent: a page at a time, and the next one only
 * when the last is out. What a spreadsheet would run is a text there. Once begun it cannot fail in
 * words: the connection breaks.
 */
final class CsvExport {
  private static final int PAGE = 500;
  private static final int MOST = 100_000;

  /** Whoever reads so slowly gives their place to somebody else. */
  private static final long LONGEST_MS = 600_000;

  private final Bus bus;
  private final Admin.Model model;
  private final Admin.ListRows ask;

  CsvExport(Bus bus, Admin.Model model, Admin.ListRows ask) {
    this.bus = bus;
    this.model = model;
    this.ask = ask;
  }

  /** Fails for what the model does not offer. */
  Future<Page<Map<String, Object>, String>> first() {
    return page(null, PAGE);
  }

  private Future<Page<Map<String, Object>, String>> page(String after, int limit) {
    return bus.ask(
        Addresses.ADMIN_LIST,
        new Admin.ListRows(
            ask.actor(),
            ask.model(),
            ask.q(),
            ask.sort(),
            ask.filters(),
            after,
            limit,
            after == null ? Admin.Purpose.EXPORT : Admin.Purpose.MORE_OF_AN_EXPORT));
  }

  /** {@code done} is run whatever happens. */
  Future<Void> write(
      HttpServerResponse response, Page<Map<String, Object>, String> first, Runnable done) {
    String name = "parley-" + model.name() + ".csv";
    response
        .setChunked(true)
        .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/csv")
        .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaderNames.CONTENT_DISPOSITION, FileNames.disposition(false, name));
    long timer = bus.vertx().setTimer(LONGEST_MS, late -> response.reset());
    return response
        .write(Buffer.buffer(line(header())))
        .compose(begun -> rest(response, first, 0))
        .compose(written -> response.end())
        .onFailure(broken -> response.reset())
        .onComplete(
            over -> {
              bus.vertx().cancelTimer(timer);
              done.run();
            });
  }

  private Future<Void> rest(
      HttpServerResponse response, Page<Map<String, Object>, String> page, int before) {
    int now = before + page.items().size();
    Future<Void> written =
        page.items().isEmpty()
            ? Future.succeededFuture()
            : response.write(Buffer.buffer(lines(page.items()).getBytes(StandardCharsets.UTF_8)));
    return page.next() == null || now >= MOST
        ? written
        : written
            .compose(sent -> page(page.next(), Math.min(PAGE, MOST - now)))
            .compose(more -> rest(response, more, now));
  }

  private List<String> header() {
    return Stream.concat(
            Stream.of("id"),
            model.columns().stream().map(Admin.Column::name).filter(name -> !name.equals("id")))
        .toList();
  }

  private String lines(List<Map<String, Object>> rows) {
    return rows.stream()
        .map(row -> line(header().stream().map(name -> cell(row.get(name))).toList()))
        .collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return String.join(",", cells) + "\r\n";
  }

  static String cell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    boolean plain = value instanceof String || value instanceof Instant;
    String text = plain ? value.toString() : new String(Json.bytes(value), StandardCharsets.UTF_8);
    return '"' + harmless(text).replace("\"", "\"\"") + '"';
  }

  /** What begins so, also after blanks, is a formula to one spreadsheet or another. */
  private static String harmless(String text) {
    String said = text.stripLeading();
    boolean formula = !said.isEmpty() && "=+-@".indexOf(said.charAt(0)) >= 0;
    boolean control = !text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0;
    return formula || control ? "'" + text : text;
  }
}
