package chat.parley.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export holds, by which it is checked before anything is done with it. It comes last in
 * the file: without it the file is not whole.
 *
 * @param format how this is written; another one has another number
 * @param parley which Parley wrote it
 * @param schema the number of the last migration
 * @param madeAt the moment that it shows
 * @param sequences the last number that columns were given, by {@code table.column}
 * @param files how many there are in it
 * @param missing hashes of files that the database knows and that were not found
 * @param damaged hashes of files whose bytes were not theirs any more
 * @param secret the SHA-256 of the secret; null when it is not in the file
 */
record Manifest(
    int format,
    String parley,
    int schema,
    String madeAt,
    List<Table> tables,
    Map<String, Long> sequences,
    long files,
    List<String> missing,
    List<String> damaged,
    String secret) {
  static final int FORMAT = 1;
  static final String NAME = "manifest.json";
  static final String SECRET = "secret";

  /** One table; {@code sha256} is of its rows, in one piece. */
  record Table(String name, List<String> columns, long rows, String sha256) {
    private JsonObject json() {
      return new JsonObject()
          .put("name", name)
          .put("columns", new JsonArray(columns))
          .put("rows", rows)
          .put("sha256", sha256);
    }

    private static Table of(JsonObject json) {
      return new Table(
          json.getString("name"),
          texts(json, "columns"),
          json.getLong("rows"),
          json.getString("sha256"));
    }
  }

  String encode() {
    JsonArray list = new JsonArray();
    tables.forEach(table -> list.add(table.json()));
    JsonObject last = new JsonObject();
    sequences.forEach(last::put);
    return new JsonObject()
        .put("format", format)
        .put("parley", parley)
        .put("schema", schema)
        .put("madeAt", madeAt)
        .put("tables", list)
        .put("sequences", last)
        .put("files", files)
        .put("missing", new JsonArray(missing))
        .put("damaged", new JsonArray(damaged))
        .put("secret", secret)
        .encodePrettily();
  }

  /** Throws {@link Refused} for what cannot be one, or is of another format. */
  static Manifest of(String text) {
    try {
      JsonObject json = new JsonObject(text);
      if (json.getInteger("format") != FORMAT) {
        throw new Refused(
            "The export has the format "
                + json.getInteger("format")
                + ", and this Parley reads "
                + FORMAT
                + ".");
      }
      Map<String, Long> sequences = new LinkedHashMap<>();
      JsonObject last = json.getJsonObject("sequences");
      last.fieldNames().forEach(name -> sequences.put(name, last.getLong(name)));
      return new Manifest(
          FORMAT,
          json.getString("parley"),
          json.getInteger("schema"),
          json.getString("madeAt"),
          json.getJsonArray("tables").stream().map(each -> Table.of((JsonObject) each)).toList(),
          sequences,
          json.getLong("files"),
          texts(json, "missing"),
          texts(json, "damaged"),
          json.getString("secret"));
    } catch (ClassCastException
        | NullPointerException
        | io.vertx.core.json.DecodeException unreadable) {
      throw new Refused("The manifest of the export cannot be read.");
    }
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getJsonArray(name).stream().map(String.class::cast).toList();
  }
}
