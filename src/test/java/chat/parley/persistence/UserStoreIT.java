package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.Fold;
import chat.parley.model.Ids;
import chat.parley.model.RegistrationMode;
import chat.parley.model.User;
import chat.parley.model.Users;
import chat.parley.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finding people. */
class UserStoreIT {
  private final Vertx vertx = Vertx.vertx();
  private DatabaseAddress database;
  private UserStore users;

  @BeforeEach
  void fresh() {
    database = TestDatabase.fresh();
    users =
        new UserStore(
            new Postgres(
                PgBuilder.pool().connectingTo(database.toConnectOptions()).using(vertx).build()));
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void searchPutsTheNearestNameFirst() throws Exception {
    people("anna.b:Zoe", "annabel:Belle", "anna:X", "zed:Anna", "yan:Annabeth", "mia:Mia");
    assertEquals(List.of("anna", "zed", "anna.b", "annabel", "yan"), found("ANNA", 10));
    assertEquals(List.of("anna", "zed", "anna.b"), found("anna", 3));
    assertEquals(found("anna", 10), found(" Ａnna ", 10));
  }

  @Test
  void searchFindsBeginningsOnlyAndNobodyTwice() throws Exception {
    people("anna:Anna", "susanna:Susanna");
    assertEquals(List.of("anna"), found("anna", 10));
    assertEquals(List.of(), found("nna", 10));
    assertEquals(List.of(), found("an\u0000na", 10));
    assertEquals(List.of(), found("%", 10));
  }

  @Test
  void searchHidesDisabledPeopleAndHasALimit() throws Exception {
    people("anna:Anna", "annika:Annika", "anton:Anton");
    Query.run(database, "update users set disabled_at = now() where username = 'annika'");
    assertEquals(List.of("anna", "anton"), found("an", 10));
    assertEquals(1, found("an", 0).size());
    assertEquals(2, found("an", 1_000_000).size());
  }

  @Test
  void searchReadsIndexRangesOnly() throws SQLException {
    Query.run(
        database,
        """
        insert into users (id, username, username_key, display_name, display_key, password_hash, role)
        select gen_random_uuid(), 'u' || i, 'u' || i, 'd' || i, 'd' || i, '$argon2id$', 'user'
        from generate_series(1, 5000) i""");
    Query.run(database, "analyze users");
    for (String column : List.of("username_key", "display_key")) {
      String plan =
          Query.value(
              database,
              "explain (format json) select id from users where %1$s >= 'u42' and %1$s < 'u42z' order by %1$s limit 9"
                  .formatted(column));
      assertTrue(plan.contains("Index"), plan);
    }
  }

  @Test
  void whoIsNotThereIsNotFound() throws Exception {
    Future<User> nobody = users.get(new Users.Get(Ids.next(), Ids.next()));
    assertEquals(Problem.NOT_FOUND, problem(nobody));
    assertEquals(Problem.NOT_FOUND, problem(users.me(UUID.randomUUID())));
  }

  /** Without hashing, which would hold them apart. */
  @Test
  void exactlyOneOfTenSimultaneousAccountsIsTheFirst() throws Exception {
    for (boolean onlyIfFirst : new boolean[] {false, true}) {
      Query.run(database, "truncate users, user_heads cascade");
      List<Future<User>> all =
          IntStream.range(0, 10).mapToObj(i -> create("u" + i, "U", onlyIfFirst)).toList();
      get(Future.join(all).otherwiseEmpty());
      assertEquals("1", Query.value(database, "select count(*) from users where role = 'admin'"));
      assertEquals(onlyIfFirst ? 1 : 10, all.stream().filter(Future::succeeded).count());
    }
  }

  private void people(String... usernamesAndNames) throws Exception {
    for (String person : usernamesAndNames) {
      String[] names = person.split(":");
      get(create(names[0], names[1], false));
    }
  }

  private Future<User> create(String username, String displayName, boolean onlyIfFirst) {
    return users.create(
        new Accounts.NewAccount(
            Ids.next(),
            username,
            Fold.key(username),
            displayName,
            Fold.key(displayName),
            null,
            null,
            "$argon2id$…",
            AccountInvites.Entry.by(onlyIfFirst ? RegistrationMode.CLOSED : null),
            new Actor(null, "r"),
            null));
  }

  private List<String> found(String q, int limit) throws Exception {
    return get(users.search(new Users.Search(Ids.next(), q, limit))).stream()
        .map(User::username)
        .toList();
  }

  private static Problem problem(Future<?> future) throws Exception {
    try {
      throw new AssertionError("answered " + get(future));
    } catch (ExecutionException e) {
      return ((Failure) e.getCause()).problem();
    }
  }

  private static <T> T get(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
