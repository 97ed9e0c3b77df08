package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.Actor;
import chat.parley.model.Admin;
import chat.parley.testing.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the panel offers, held against the database: every table is a model or has a reason why not,
 * and every order, filter and search answers from the index that it names.
 */
class ModelsIT {
  private static final int PAGE = 50;
  private static final AdminModels MODELS = AdminModels.of(AdminServices.none());

  private static DatabaseAddress database;
  private static Map<String, String> ids;

  /** What the crowd lacks: of an empty table every index is as good as another. */
  private static final List<String> FILL =
      List.of(
          """
          insert into blocks (user_id, blocked_id)
          select md5('u' || i)::uuid, md5('u' || i + 1 + k)::uuid from generate_series(1, 2000) i, generate_series(1, 3) k
          """,
          """
          insert into bans (room_id, user_id, by_id)
          select md5('r' || i % 800 + 1)::uuid, md5('u' || i % 4999 + 1)::uuid, md5('u1')::uuid from generate_series(1, 3000) i
          on conflict do nothing
          """,
          """
          insert into invites (id, room_id, hash, created_by, expires_at)
          select md5('i' || i)::uuid, md5('r' || i % 800 + 1)::uuid, sha256(('i' || i)::bytea), md5('u' || i % 5000 + 1)::uuid, now() + interval '1 day'
          from generate_series(1, 3000) i
          """,
          """
          insert into media_blobs (hash) select sha256(('m' || i)::bytea) from generate_series(1, 3000) i
          """,
          """
          insert into media (id, owner_id, hash, name, type, bytes, sent_at)
          select md5('m' || i)::uuid, md5('u' || i % 500 + 1)::uuid, sha256(('m' || i)::bytea), 'a.txt', 'text/plain', 5, now()
          from generate_series(1, 3000) i
          """,
          """
          insert into attachments (room_key, seq, position, media_id)
          select room_key, s, 0, md5('m' || s)::uuid from room_heads, generate_series(1, 3000) s where last_seq = 60000
          """,
          """
          insert into scheduled (user_id, id, room_id, text, send_at)
          select md5('u' || i % 500 + 1)::uuid, md5('d' || i)::uuid, md5('r' || i % 800 + 1)::uuid, 'later', now() + interval '1 day'
          from generate_series(1, 3000) i
          """,
          """
          insert into reports (id, room_id, seq, author_id, reporter_id, reason, handled_by, handled_at, outcome)
          select md5('e' || i)::uuid, md5('r' || i % 800 + 1)::uuid, i, md5('u' || i % 500 + 1)::uuid, md5('u' || i % 400 + 501)::uuid,
            'spam', case when i % 10 > 0 then md5('u7')::uuid end, case when i % 10 > 0 then now() end,
            case when i % 10 > 0 then 'dismissed' end
          from generate_series(1, 10000) i
          """,
          """
          insert into filter_words (id, word, word_key, action)
          select md5('f' || i)::uuid, 'word' || i, 'word' || i, 'refuse' from generate_series(1, 2000) i
          """,
          "insert into drafts (room_id, user_id, text) select room_id, user_id, 'hel' from members",
          """
          insert into mail_tokens (id, user_id, purpose, email, email_key, hash, expires_at, ended_at)
          select md5('l' || i)::uuid, md5('u' || i % 1000 + 1)::uuid, 'email', 'a@b.c', 'a@b.c', sha256(('l' || i)::bytea), now(), now()
          from generate_series(1, 3000) i
          """,
          """
          insert into letters (id, kind, user_id, recipient, sent_at, next_attempt_at)
          select md5('l' || i)::uuid, 'email_confirm', md5('u' || i % 1000 + 1)::uuid, 'a@b.c', case when i % 3 = 0 then now() end, now() + i * interval '1 second'
          from generate_series(1, 3000) i
          """,
          """
          insert into api_keys (session_id, hash, name, scopes)
          select md5('s' || i)::uuid, sha256(('a' || i)::bytea), 'bot', array['read'] from generate_series(1, 10000) i
          """,
          """
          insert into passkeys (id, user_id, name, credential_id, public_key, sign_count)
          select md5('p' || i)::uuid, md5('u' || i % 1000 + 1)::uuid, 'Phone', sha256(('p' || i)::bytea), 'x', 0
          from generate_series(1, 3000) i
          """,
          """
          insert into second_factors (user_id, secret) select md5('u' || i)::uuid, 'x' from generate_series(1, 3000) i
          """,
          """
          insert into identities (id, user_id, issuer, subject)
          select md5('o' || i)::uuid, md5('u' || i % 1000 + 1)::uuid, 'https://login.example', i::text from generate_series(1, 3000) i
          """,
          """
          insert into applications (id, name, origins, created_by)
          select md5('r' || i)::uuid, 'Shop', '{}', md5('u1')::uuid from generate_series(1, 100) i
          """,
          """
          insert into application_keys (id, application_id, algorithm, material)
          select md5('k' || i)::uuid, md5('r' || i % 100 + 1)::uuid, 'ES256', 'x' from generate_series(1, 1000) i
          """,
          """
          insert into application_users (application_id, subject, user_id, given_name)
          select md5('r' || i % 100 + 1)::uuid, i::text, md5('u' || i % 1000 + 1)::uuid, 'Anna' from generate_series(1, 3000) i
          """,
          "update users set role = 'admin' where username_key in ('user7', 'user8')",
          "update users set disabled_at = now() where username_key like 'user99%'",
          "update users set email = username || '@b.c', email_key = username_key || '@b.c'");

  @BeforeAll
  static void fill() throws SQLException {
    database = TestDatabase.made();
    Crowd.fill(database);
    for (String sql : FILL) {
      Query.run(database, sql);
    }
    Query.run(database, "vacuum analyze");
    String user = Query.value(database, "select " + Crowd.BUSY);
    String room = Query.value(database, "select " + Crowd.BIG);
    String file = Query.value(database, "select md5('m17')::uuid");
    ids = Map.of("users", user, "chat-rooms", room, "platforms", room, "media", file);
  }

  private static List<AdminModel> models() {
    return StreamSupport.stream(MODELS.all().spliterator(), false).toList();
  }

  @Test
  void everyTableIsAModelOrHasAReason() throws SQLException {
    Set<String> tables = new TreeSet<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name from information_schema.tables"
                    + " where table_schema = current_schema() and table_type = 'BASE TABLE'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    Set<String> shown = new TreeSet<>(AdminModels.NO_MODELS.keySet());
    for (AdminModel model : models()) {
      for (String table : model.tables) {
        assertTrue(shown.add(table), table + " is shown twice, or shown and not to be");
      }
    }
    assertEquals(tables, shown);
  }

  /** The names of the requirements, and that what refers to another model finds it. */
  @Test
  void modelsAreCalledAsPromisedAndReferToEachOther() {
    Set<String> names = models().stream().map(model -> model.name).collect(Collectors.toSet());
    assertTrue(
        names.containsAll(
            Set.of(
                "users",
                "chat-rooms",
                "messages",
                "password-reset-tokens",
                "sessions",
                "media",
                "audit-log")),
        names::toString);
    for (Admin.Model model : MODELS.shown()) {
      assertTrue(model.name().matches("[a-z-]{1,40}"), model.name());
      model.columns().stream()
          .filter(column -> column.references() != null)
          .forEach(column -> assertTrue(names.contains(column.references()), column::toString));
      Set<String> columns =
          model.columns().stream().map(Admin.Column::name).collect(Collectors.toSet());
      assertEquals(model.columns().size(), columns.size(), model.name() + " names a column twice");
      assertTrue(!model.sorts().isEmpty(), model.name() + " has an order");
    }
  }

  /** Nothing that opens anything, nor its hash, and no words that nobody has said yet. */
  @Test
  void nothingSecretIsShown() {
    for (AdminModel model : models()) {
      for (AdminModel.Shown shown : model.columns) {
        String sql = shown.sql();
        boolean secret =
            sql.matches(
                ".*\\b(hash|secret|credential_id|public_key|material|recovery_hashes|cookie_hash)\\b.*");
        boolean asked = sql.matches(".*(is not null|octet_length|char_length).*");
        assertTrue(!secret || asked, model.name + " shows " + sql);
        assertTrue(!sql.equals("t.password_hash"), model.name + " shows " + sql);
      }
    }
    for (String unsaid : List.of("drafts", "scheduled")) {
      assertTrue(
          MODELS.get(unsaid).columns.stream().noneMatch(shown -> shown.sql().equals("t.text")));
    }
  }

  private record Asked(String what, String index, Admin.ListRows question) {}

  private static Admin.ListRows ask(
      AdminModel model, String q, String sort, List<String> filters, String after) {
    return new Admin.ListRows(
        new Actor(null, "test"), model.name, q, sort, filters, after, PAGE, Admin.Purpose.LOOK);
  }

  private static List<Asked> questions(AdminModel model) {
    List<Asked> questions = new ArrayList<>();
    for (AdminModel.Order order : model.orders) {
      for (String sort : List.of(order.name(), "-" + order.name())) {
        questions.add(
            new Asked("sort " + sort, order.index(), ask(model, null, sort, List.of(), null)));
      }
    }
    for (AdminModel.Filter filter : model.filters) {
      for (String value : values(filter)) {
        List<String> filters = List.of(filter.name() + ":" + value);
        List<AdminModel.Order> orders =
            filter.orders().isEmpty() ? model.orders.subList(0, 1) : filter.orders();
        for (AdminModel.Order order : orders) {
          questions.add(
              new Asked(
                  "filter " + filters + " by " + order.name(),
                  order.index(),
                  ask(model, null, "-" + order.name(), filters, null)));
        }
      }
    }
    if (model.search != null) {
      AdminModel.Order order =
          model.searchOrders.isEmpty() ? model.orders.get(0) : model.searchOrders.get(0);
      questions.add(new Asked("q", order.index(), ask(model, "user7", null, List.of(), null)));
    }
    return questions;
  }

  private static List<String> values(AdminModel.Filter filter) {
    return filter.values() != null
        ? filter.values()
        : List.of(
            switch (filter.type()) {
              case ID -> ids.getOrDefault(String.valueOf(filter.references()), ids.get("users"));
              case NUMBER -> "17";
              case TIME -> "2026-01-01T00:00:00Z";
              default -> "user7";
            });
  }

  @Test
  void everyOrderFilterAndSearchAnswersFromTheIndexItNames() throws SQLException {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    try (Connection connection = connection()) {
      for (AdminModel model : models()) {
        for (Asked each : questions(model)) {
          ModelQuery first = ModelQuery.page(model, each.question);
          wrong.addAll(objections(connection, model, each, first));
          String place = lastPlace(connection, first);
          if (place != null) {
            Admin.ListRows q = each.question;
            Asked next =
                new Asked(
                    each.what + ", next page",
                    each.index,
                    ask(model, q.q(), q.sort(), q.filters(), place));
            wrong.addAll(
                objections(connection, model, next, ModelQuery.page(model, next.question)));
          }
          asked++;
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(asked > 100, asked + " questions");
  }

  private static List<String> objections(
      Connection connection, AdminModel model, Asked asked, ModelQuery query) throws SQLException {
    Plan plan = Plan.of(connection, query.sql, literals(query.values));
    connection.rollback();
    List<String> found = new ArrayList<>();
    String what = model.name + ", " + asked.what + ": ";
    plan.scannedWhole().forEach(table -> found.add(what + "reads all of " + table));
    if (!plan.uses(asked.index)) {
      found.add(what + "does not use " + asked.index + ", but " + indexes(plan));
    }
    if (plan.rowsRead() > ModelQuery.WALK) {
      found.add(what + "looks at " + plan.rowsRead() + " rows");
    }
    plan.sorted().stream()
        .filter(rows -> rows > ModelQuery.WALK)
        .forEach(rows -> found.add(what + "sorts " + rows + " rows"));
    return found;
  }

  private static Set<String> indexes(Plan plan) {
    return plan.nodes().stream()
        .filter(node -> node.containsKey("Index Name"))
        .map(node -> node.getString("Index Name"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String literals(Tuple values) {
    return IntStream.range(0, values.size())
        .mapToObj(values::getValue)
        .map(
            value ->
                value instanceof String text
                    ? "'" + text.replace("'", "''") + "'"
                    : String.valueOf(value))
        .collect(Collectors.joining(", "));
  }

  /** Where the first page of a list ends, if there is another. */
  private static String lastPlace(Connection connection, ModelQuery query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("prepare page as " + query.sql);
      List<String[]> places = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("execute page(" + literals(query.values) + ")")) {
        while (rows.next()) {
          places.add((String[]) rows.getArray(2).getArray());
        }
      }
      statement.execute("deallocate page");
      return places.size() <= PAGE
          ? null
          : ModelCursor.write(query.order, query.down, List.of(places.get(PAGE - 1)));
    } finally {
      connection.rollback();
    }
  }

  /** As the pool of readers has them. */
  private static Connection connection() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    try (Statement statement = connection.createStatement()) {
      for (var each : PersistenceVerticle.readerOptions(database).getProperties().entrySet()) {
        statement.execute("set " + each.getKey() + " = '" + each.getValue() + "'");
      }
    }
    connection.setAutoCommit(false);
    return connection;
  }
}
