package chat.parley.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One step of the search index, in one transaction: locks the marks of rooms that nobody else is
 * at, and only then reads what comes after them; so no edit can fall between. Cost: O(messages).
 */
final class SearchStep {
  static final int MOST = 1_000;

  static final String ADOPT =
      """
      insert into search_marks (room_key)
      select h.room_key from room_heads h join rooms r on r.id = h.room_id and r.deleted_at is null
      where h.room_id = any($1) and not exists (select from search_marks s where s.room_key = h.room_key)
      on conflict do nothing
      """;

  static final String LOCK =
      """
      select h.room_id, s.room_key, s.seq from room_heads h
      join rooms r on r.id = h.room_id and r.deleted_at is null
      join search_marks s on s.room_key = h.room_key
      where h.room_id = any($1)
      for update of s skip locked
      """;

  private static final String LIVE =
      "select id from rooms where id = any($1) and deleted_at is null";

  /** Derived, and made again when it is lost: nobody has to wait for the disk. */
  private static final String UNHURRIED = "set local synchronous_commit = off";

  static final String READ =
      """
      select p.room_key, m.seq, m.sent_at, m.sender_id, m.body, m.attachments
      from unnest($1::bigint[], $2::bigint[]) as p(room_key, after)
      cross join lateral (
        select * from messages where room_key = p.room_key and seq > p.after order by seq limit $3) m
      limit $3
      """;

  private static final String STORE =
      """
      insert into message_search (room_key, sent_at, seq, grams)
      select room_key, sent_at, seq, grams::int[]
      from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::text[]) as i(room_key, sent_at, seq, grams)
      on conflict (room_key, sent_at, seq) do update set grams = excluded.grams
      """;

  private static final String MARK =
      """
      update search_marks s set seq = t.seq from unnest($1::bigint[], $2::bigint[]) as t(room_key, seq) where s.room_key = t.room_key
      """;

  /** What waits to be sorted into the index is read by every search, from end to end. */
  private static final String SORT_IN = "select gin_clean_pending_list('message_search_grams')";

  private final Vertx vertx;
  private final SqlConnection connection;

  SearchStep(Vertx vertx, SqlConnection connection) {
    this.vertx = vertx;
    this.connection = connection;
  }

  /**
   * What a step did.
   *
   * @param left rooms that have more, or that somebody else is at
   */
  record Done(List<UUID> left, int messages, boolean full) {
    private static final Done NOTHING = new Done(List.of(), 0, false);

    Done and(List<UUID> others) {
      List<UUID> all = new ArrayList<>(left);
      all.addAll(others);
      return new Done(all, messages, full);
    }
  }

  /** As part of a transaction of its own. */
  Future<Done> over(Collection<UUID> rooms) {
    List<UUID> wanted = new ArrayList<>(rooms);
    UUID[] ids = wanted.toArray(UUID[]::new);
    return connection
        .query(UNHURRIED)
        .execute()
        .compose(ready -> connection.preparedQuery(ADOPT).execute(Tuple.of((Object) ids)))
        .compose(adopted -> connection.preparedQuery(LOCK).execute(Tuple.of((Object) ids)))
        .compose(
            locked -> {
              Map<Long, UUID> keys = new LinkedHashMap<>();
              List<Long> marks = new ArrayList<>();
              for (Row row : locked) {
                keys.put(row.getLong("room_key"), row.getUUID("room_id"));
                marks.add(row.getLong("seq"));
              }
              wanted.removeAll(keys.values());
              return others(wanted)
                  .compose(others -> bring(keys, marks).map(step -> step.and(others)));
            });
  }

  /** Rooms that another node is at; it may not have seen what we were told of. */
  private Future<List<UUID>> others(List<UUID> missed) {
    return missed.isEmpty()
        ? Future.succeededFuture(List.of())
        : connection
            .preparedQuery(LIVE)
            .execute(Tuple.of((Object) missed.toArray(UUID[]::new)))
            .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
  }

  private Future<Done> bring(Map<Long, UUID> keys, List<Long> marks) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(Done.NOTHING);
    }
    return connection
        .preparedQuery(READ)
        .execute(Tuple.of(keys.keySet().toArray(Long[]::new), marks.toArray(Long[]::new), MOST))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(Done.NOTHING)
                    : vertx
                        .executeBlocking(() -> Brought.of(rows), false)
                        .compose(this::store)
                        .map(
                            brought ->
                                new Done(
                                    rows.size() < MOST ? List.of() : List.copyOf(keys.values()),
                                    rows.size(),
                                    rows.size() == MOST)));
  }

  private Future<Brought> store(Brought brought) {
    return connection
        .preparedQuery(STORE)
        .execute(brought.rows())
        .compose(stored -> connection.preparedQuery(MARK).execute(brought.marks()))
        .compose(marked -> connection.query(SORT_IN).execute())
        .map(brought);
  }

  /** The rows of a step, and how far they take each room. */
  private record Brought(
      List<Long> keys,
      List<OffsetDateTime> times,
      List<Long> seqs,
      List<String> grams,
      Map<Long, Long> reached) {
    static Brought of(RowSet<Row> rows) {
      Brought brought =
          new Brought(
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new HashMap<>());
      for (Row row : rows) {
        long key = row.getLong("room_key");
        brought.reached.merge(key, row.getLong("seq"), Math::max);
        if (row.getString("body") != null) {
          brought.keys.add(key);
          brought.times.add(row.getOffsetDateTime("sent_at"));
          brought.seqs.add(row.getLong("seq"));
          brought.grams.add(SearchRows.grams(row, key));
        }
      }
      return brought;
    }

    Tuple rows() {
      return Tuple.of(
          keys.toArray(Long[]::new),
          times.toArray(OffsetDateTime[]::new),
          seqs.toArray(Long[]::new),
          grams.toArray(String[]::new));
    }

    Tuple marks() {
      return Tuple.of(
          reached.keySet().toArray(Long[]::new), (Object) reached.values().toArray(Long[]::new));
    }
  }
}
