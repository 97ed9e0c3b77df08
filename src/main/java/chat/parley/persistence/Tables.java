package chat.parley.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables of a database as its catalogue knows them, so that a migration that adds one adds it
 * to exports too. Those before others that refer to them come first.
 */
final class Tables {
  /** Made anew from the rest (search), or Flyway's own. */
  static final List<String> DERIVED =
      List.of("flyway_schema_history", "message_search", "search_marks");

  private static final String ALL =
      """
      select c.relname as name,
        array(select a.attname::text from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
          order by a.attnum) as columns,
        array(select a.attname::text from pg_index i
          cross join unnest(i.indkey) with ordinality k (attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
          where i.indrelid = c.oid and i.indisprimary order by k.place) as key,
        array(select distinct r.confrelid::regclass::text from pg_constraint r
          where r.conrelid = c.oid and r.contype = 'f' and r.confrelid <> c.oid) as refers_to
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all (?)
      order by c.relname
      """;

  /**
   * One of them.
   *
   * @param columns those that are stored, not computed
   * @param key those of its primary key, in its order
   */
  record Table(String name, List<String> columns, List<String> key, List<String> refersTo) {
    String quoted() {
      return Tables.quoted(name);
    }

    String columnList() {
      return list(columns);
    }

    /** In the order of the key, so that the same rows are the same bytes. */
    String copyOut() {
      return "copy (select "
          + columnList()
          + " from "
          + quoted()
          + (key.isEmpty() ? "" : " order by " + list(key))
          + ") to stdout";
    }
  }

  private Tables() {}

  static List<Table> of(Connection connection) throws SQLException {
    List<Table> left = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setArray(1, connection.createArrayOf("text", DERIVED.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          left.add(
              new Table(
                  rows.getString("name"),
                  names(rows, "columns"),
                  names(rows, "key"),
                  names(rows, "refers_to")));
        }
      }
    }
    return inOrder(left);
  }

  private static List<String> names(ResultSet rows, String column) throws SQLException {
    return Arrays.asList((String[]) rows.getArray(column).getArray());
  }

  private static List<Table> inOrder(List<Table> left) {
    List<Table> ordered = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    while (!left.isEmpty()) {
      List<Table> ready =
          left.stream().filter(table -> placed.containsAll(table.refersTo())).toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException("Tables refer to each other in a circle: " + left);
      }
      ready.forEach(table -> placed.add(table.name()));
      ordered.addAll(ready);
      left.removeAll(ready);
    }
    return ordered;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String list(List<String> names) {
    return String.join(", ", names.stream().map(Tables::quoted).toList());
  }
}
