package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.FilterWords;
import chat.parley.model.WordMatcher;
import chat.parley.model.WordMatcher.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's list of words, in memory: whatever is sent or edited is held against it, O(length),
 * and O(1) while the list is empty. Read at the start, whenever somebody announces a change, and
 * looked after every few seconds in case nobody was heard. Used on one event loop.
 */
final class WordFilter {
  private static final Logger LOG = LoggerFactory.getLogger(WordFilter.class);

  static final String STATE =
      "select count(*) as n, coalesce(max(version), 0) as version from filter_words";

  static final String ALL = "select word, action, version from filter_words order by version";

  private final Vertx vertx;
  private final Postgres postgres;
  private final Consumer<FilterWords.Changed> announcer;
  private WordMatcher words = WordMatcher.NONE;
  private long count;
  private long version;

  /** What is asked later is read later, so that no old list takes the place of a newer one. */
  private Future<Void> last = Future.succeededFuture();

  /**
   * @param announcer how other nodes are told
   */
  WordFilter(Vertx vertx, Postgres postgres, Consumer<FilterWords.Changed> announcer) {
    this.vertx = vertx;
    this.postgres = postgres;
    this.announcer = announcer;
  }

  /** What is to be said of a text. */
  Verdict judge(String text) {
    return words.judge(text);
  }

  /** The refusal of a text for a word in it. */
  static Failure refusal(Verdict verdict) {
    return Problem.INVALID.at(
        "/text", "holds a word that is not taken on this server: " + verdict.refused());
  }

  /** Completes when the list is as it is now, or later. */
  Future<Void> refresh() {
    last = last.transform(before -> load());
    return last;
  }

  /** After a change of this node's: it counts here before whoever made it is answered. */
  Future<Void> changed() {
    return refresh().onComplete(read -> announcer.accept(new FilterWords.Changed(version)));
  }

  /** What fails is done by the next look. */
  void look() {
    refresh().onFailure(cause -> LOG.warn("The word filter is not read: {}", cause.toString()));
  }

  private Future<Void> load() {
    return postgres
        .read(STATE, Tuple.tuple())
        .map(Rows::first)
        .compose(
            state ->
                state.getLong("n") == count && state.getLong("version") == version
                    ? Future.succeededFuture()
                    : postgres.read(ALL, Tuple.tuple()).compose(this::take));
  }

  /** Some tens of milliseconds for a full list, so not on the event loop. */
  private Future<Void> take(RowSet<Row> rows) {
    List<WordMatcher.Word> list = Rows.list(rows, WordFilter::word);
    long newest = Rows.list(rows, row -> row.getLong("version")).stream().reduce(0L, Math::max);
    return vertx
        .executeBlocking(() -> new WordMatcher(list))
        .map(
            made -> {
              words = made;
              count = list.size();
              version = newest;
              return null;
            });
  }

  private static WordMatcher.Word word(Row row) {
    return new WordMatcher.Word(
        row.getString("word"),
        row.getString("action").equals("refuse")
            ? FilterWords.Action.REFUSE
            : FilterWords.Action.FLAG);
  }
}
