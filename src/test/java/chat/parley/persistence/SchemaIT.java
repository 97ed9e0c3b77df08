package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * {@code sql/schema.sql} is the present schema in one file, as the migrations leave it. Write it
 * anew with {@code -Dschema.write=true}.
 */
class SchemaIT {
  private static final Path FILE = Path.of("sql/schema.sql");

  private static final String TABLES =
      """
      select c.oid, c.relname, array_to_string(c.reloptions, ', ') as options
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname <> 'flyway_schema_history'
      order by c.relname
      """;

  private static final String COLUMNS =
      """
      select format('  %%s %%s%%s%%s%%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when l.collname <> 'default' then format(' collate "%%s"', l.collname) else '' end,
        case when a.attnotnull then ' not null' else '' end,
        case when a.attidentity = 'a' then ' generated always as identity'
          when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
          when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end)
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation l on l.oid = a.attcollation
      where a.attrelid = %d and a.attnum > 0 and not a.attisdropped order by a.attnum
      """;

  private static final String CONSTRAINTS =
      """
      select format('  constraint %%s %%s', conname, pg_get_constraintdef(oid))
      from pg_constraint where conrelid = %d and contype <> 'n' order by contype, conname
      """;

  private static final String INDEXES =
      """
      select pg_get_indexdef(i.indexrelid) || ';' from pg_index i
      where i.indrelid = %d and not exists (select from pg_constraint where conindid = i.indexrelid)
      order by i.indexrelid::regclass::text
      """;

  private static final String TRIGGERS =
      """
      select pg_get_triggerdef(oid) || ';' from pg_trigger where tgrelid = %d and not tgisinternal order by tgname
      """;

  private static final String FUNCTIONS =
      """
      select pg_get_functiondef(p.oid) || ';' from pg_proc p
      where p.pronamespace = 'public'::regnamespace order by p.proname
      """;

  @Test
  void schemaFileIsWhatTheMigrationsMake() throws SQLException, IOException {
    String schema = dump(TestDatabase.made());
    if (Boolean.getBoolean("schema.write")) {
      Files.writeString(FILE, schema);
    }
    assertEquals(schema, Files.readString(FILE));
  }

  private static String dump(DatabaseAddress database) throws SQLException {
    StringBuilder text =
        new StringBuilder(
            "-- The schema as the migrations leave it, for reading. Kept true by SchemaIT; write it anew with\n"
                + "-- mvn -q test-compile failsafe:integration-test -Dit.test=SchemaIT -Dschema.write=true\n");
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement tables = connection.createStatement();
        ResultSet each = tables.executeQuery(TABLES)) {
      while (each.next()) {
        table(text, connection, each);
      }
      text.append(lines(connection, FUNCTIONS, "\n\n", "\n\n").replaceAll("[ \t]+\n", "\n"));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static void table(StringBuilder text, Connection connection, ResultSet table)
      throws SQLException {
    long oid = table.getLong("oid");
    String options = table.getString("options");
    text.append("\ncreate table ")
        .append(table.getString("relname"))
        .append(" (\n")
        .append(lines(connection, COLUMNS.formatted(oid), ",\n", ""))
        .append(lines(connection, CONSTRAINTS.formatted(oid), ",\n", ",\n"))
        .append("\n)")
        .append(options == null ? "" : " with (" + options + ")")
        .append(";\n")
        .append(lines(connection, INDEXES.formatted(oid), "\n", "\n"))
        .append(lines(connection, TRIGGERS.formatted(oid), "\n", "\n"))
        .append('\n');
  }

  /** All first columns, joined; {@code first} goes before them when there are any. */
  private static String lines(Connection connection, String sql, String between, String first)
      throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        text.append(text.length() == 0 ? first : between).append(rows.getString(1));
      }
    }
    return text.toString();
  }
}
