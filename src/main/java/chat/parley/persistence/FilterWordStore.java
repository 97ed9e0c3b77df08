package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.FilterWords;
import chat.parley.model.Ids;
import chat.parley.model.MessageText;
import chat.parley.model.WordMatcher;
import io.vertx.core.Future;
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

  /** So that numbers out of the sequence become visible in order. */
  private static final String LOCK = "lock table filter_words in share row exclusive mode";

  private static final String INSERT =
      """
      insert into filter_words (id, word, word_key, action)
      select $1::uuid, $2::text, $3::text, $4::text where (select count(*) from filter_words) < $5::int
      """;

  private static final String CHANGE =
      "update filter_words set action = $2, version = default where id = $1";

  private static final String REMOVE = "delete from filter_words where id = $1";

  private final AdminServices services;
  private final WordFilter filter;

  FilterWordStore(AdminServices services, WordFilter filter) {
    this.services = services;
    this.filter = filter;
  }

  /**
   * Puts a word or phrase on the list; fails with CONFLICT when it is there or the list is full.
   */
  Future<Outcome<Admin.Done>> add(Admin.Deed deed) {
    String word = deed.text("word").strip();
    String key = WordMatcher.key(word);
    requireWord(word, key);
    UUID id = Ids.next();
    Tuple row = Tuple.of(id, word, key, deed.text("action")).addInteger(FilterWords.MOST);
    return change(
        deed,
        connection ->
            connection
                .preparedQuery(INSERT)
                .execute(row)
                .recover(cause -> Future.failedFuture(known(cause)))
                .map(
                    inserted -> {
                      if (inserted.rowCount() == 0) {
                        throw Problem.CONFLICT.because("At most " + FilterWords.MOST + " words");
                      }
                      return id.toString();
                    }));
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
  Future<Outcome<Admin.Done>> change(Admin.Deed deed) {
    return one(deed, CHANGE, Tuple.of(AdminServices.id(deed), deed.text("action")));
  }

  Future<Outcome<Admin.Done>> remove(Admin.Deed deed) {
    return one(deed, REMOVE, Tuple.of(AdminServices.id(deed)));
  }

  private Future<Outcome<Admin.Done>> one(Admin.Deed deed, String sql, Tuple arguments) {
    return change(
        deed,
        connection ->
            connection
                .preparedQuery(sql)
                .execute(arguments)
                .map(
                    rows -> {
                      if (rows.rowCount() == 0) {
                        throw Problem.NOT_FOUND.failure();
                      }
                      return deed.id();
                    }));
  }

  private Future<Outcome<Admin.Done>> change(
      Admin.Deed deed, Function<SqlConnection, Future<String>> work) {
    return services
        .write(
            deed,
            connection ->
                connection
                    .query(LOCK)
                    .execute()
                    .compose(locked -> work.apply(connection))
                    .map(Admin.Done::to))
        .compose(done -> filter.changed().map(done));
  }
}
