package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.FilterWords;
import chat.parley.model.Ids;
import chat.parley.model.MessageText;
import chat.parley.model.WordMatcher;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.function.Function;

/**
 * The list behind {@link WordFilter}, as administrators change it: one change at a time, which
 * counts on this node before it is answered and on the others within a moment.
 */
final class FilterWordStore {
  static final int LONGEST = 100;

  private static final String LOCK = "lock table filter_words in share row exclusive mode";

  private static final String INSERT =
      """
      insert into filter_words (id, word, word_key, action)
      select $1::uuid, $2::text, $3::text, $4::text where (select count(*) from filter_words) < $5::int
      """;

  private static final String CHANGE =
      "update filter_words set action = $2, version = nextval('filter_version') where id = $1";

  private static final String REMOVE = "delete from filter_words where id = $1";

  private final Postgres postgres;
  private final WordFilter filter;

  FilterWordStore(Postgres postgres, WordFilter filter) {
    this.postgres = postgres;
    this.filter = filter;
  }

  /**
   * Puts a word or phrase on the list; fails with CONFLICT when it is there or the list is full.
   */
  Future<UUID> add(Actor actor, String word, FilterWords.Action action) {
    String plain = word.strip();
    String key = WordMatcher.key(plain);
    requireWord(plain, key);
    UUID id = Ids.next();
    Tuple row = Tuple.of(id, plain, key, Rows.stored(action)).addInteger(FilterWords.MOST);
    return change(
            actor,
            connection ->
                connection
                    .preparedQuery(INSERT)
                    .execute(row)
                    .recover(cause -> Future.failedFuture(known(cause))))
        .map(
            inserted -> {
              if (inserted == 0) {
                throw Problem.CONFLICT.because("At most " + FilterWords.MOST + " words");
              }
              return id;
            });
  }

  private static void requireWord(String word, String key) {
    if (key.isEmpty() || !MessageText.isStorable(word)) {
      throw Problem.INVALID.at("/word", "is nothing that can be looked for");
    }
    if (word.codePointCount(0, word.length()) > LONGEST) {
      throw Problem.INVALID.at("/word", "at most " + LONGEST + " characters");
    }
  }

  private static Throwable known(Throwable cause) {
    return Postgres.brokenConstraint(cause).equals("filter_words_known")
        ? Problem.CONFLICT.because("This word is on the list already")
        : cause;
  }

  /** Lets a word be refused or flagged; NOT_FOUND when it is not there. */
  Future<Void> change(Actor actor, UUID id, FilterWords.Action action) {
    return one(actor, CHANGE, Tuple.of(id, Rows.stored(action)));
  }

  Future<Void> remove(Actor actor, UUID id) {
    return one(actor, REMOVE, Tuple.of(id));
  }

  private Future<Void> one(Actor actor, String sql, Tuple arguments) {
    return change(actor, connection -> connection.preparedQuery(sql).execute(arguments))
        .map(
            changed -> {
              if (changed == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return null;
            });
  }

  /** How many rows it changed; numbers out of the sequence become visible in order. */
  private Future<Integer> change(Actor actor, Function<SqlConnection, Future<RowSet<Row>>> work) {
    return postgres
        .write(
            actor,
            connection ->
                connection
                    .query(LOCK)
                    .execute()
                    .compose(locked -> work.apply(connection))
                    .map(RowSet::rowCount))
        .compose(changed -> filter.changed().map(changed));
  }
}
