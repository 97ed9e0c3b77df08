package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Message;
import chat.parley.model.Page;
import chat.parley.model.Search;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds messages, newest first. The index gives candidates, in rounds; each is then read as its
 * reader may see it now and looked at itself, so that what is found is always there, theirs, and
 * says so. What is frequent is found among the newest of each room; only what is not is looked up
 * in the index, a stretch of 4,096 messages of a room after the other. A search that has gone far
 * answers with what it has, and where to go on.
 *
 * <p>Cost: O(rooms) look-ups, then O(grams) look-ups for each stretch, and what matches.
 */
final class SearchStore {
  /** The newest of each room below a place; whether they have all the grams is in {@code hit}. */
  static final String NEWEST =
      """
      select p.ord, x.seq, x.sent_at, x.hit
      from unnest($1::int[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[]) as p(ord, room_key, low, at, seq)
      cross join lateral (
        select s.seq >> 12 as stretch from message_search s
        where s.room_key = p.room_key and (s.sent_at, s.seq) < (p.at, p.seq)
        order by s.sent_at desc, s.seq desc limit 1) newest
      cross join lateral (
        select array(select ((p.room_key * 40503 + newest.stretch) & 131071)::int << 14 | g from unnest($6::int[]) g) as grams offset 0) wanted
      cross join lateral (
        select s.seq, s.sent_at, s.grams @> wanted.grams as hit from message_search s
        where s.room_key = p.room_key and (s.sent_at, s.seq) < (p.at, p.seq) and s.sent_at >= $7
        order by s.sent_at desc, s.seq desc limit $8) x
      where x.seq >= p.low and x.seq >= newest.stretch << 12
      order by p.ord, x.sent_at desc, x.seq desc
      """;

  /**
   * The inner query is fenced in, or the planner would now and then go through the primary key of
   * whole rooms instead.
   */
  static final String BY_GRAMS =
      """
      select p.ord, x.seq, x.sent_at
      from unnest($1::int[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[])
        as p(ord, room_key, low, at, seq, first, last)
      cross join lateral generate_series(p.first, p.last) as stretch
      cross join lateral (
        select array(select ((p.room_key * 40503 + stretch) & 131071)::int << 14 | g from unnest($8::int[]) g) as grams offset 0) wanted
      cross join lateral (
        select s.seq, s.sent_at
        from (select room_key, seq, sent_at from message_search where grams @> wanted.grams offset 0) s
        where s.room_key = p.room_key and s.seq >> 12 = stretch
          and (s.sent_at, s.seq) < (p.at, p.seq) and s.seq >= p.low and s.sent_at >= $9) x
      order by x.sent_at desc, p.room_key desc, x.seq desc limit $10
      """;

  static final String EDGES =
      """
      select p.ord, m.seq, m.sent_at
      from unnest($1::int[], $2::bigint[], $3::bigint[]) as p(ord, room_key, below)
      cross join lateral (
        select seq, sent_at from messages where room_key = p.room_key and seq < p.below order by seq desc limit 1) m
      """;

  /** What is too new for the index. */
  static final String NOT_INDEXED =
      """
      select p.ord, m.seq, m.sent_at
      from unnest($1::int[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[]) as p(ord, room_key, low, at, seq)
      cross join lateral (
        select seq, sent_at, deleted_at from messages where room_key = p.room_key and seq >= p.low order by seq desc limit $6) m
      where (m.sent_at, m.seq) < (p.at, p.seq) and m.deleted_at is null
      """;

  static final String READ =
      """
      select h.room_id, h.room_key,
      """
          + MessageRow.COLUMNS
          + """
      from unnest($2::bigint[], $3::bigint[]) as f(room_key, seq)
      join room_heads h on h.room_key = f.room_key
      cross join lateral (
        select from members where room_id = h.room_id and user_id = $1 and from_seq <= f.seq offset 0) reader
      join messages m on m.room_key = f.room_key and m.seq = f.seq and m.deleted_at is null
      """
          + MessageRow.PEOPLE;

  private final Postgres postgres;
  private final SearchRooms rooms;
  private final boolean on;

  SearchStore(Postgres postgres, RoomStore rooms, boolean on) {
    this.postgres = postgres;
    this.on = on;
    this.rooms = new SearchRooms(postgres, rooms);
  }

  /** What who searches is told where there is no search. */
  static Failure off() {
    return Problem.FORBIDDEN.because("There is no search among messages on this server");
  }

  /** A page; a short one still has a next unless it is the last. */
  Future<Page<Search.Hit, String>> find(Search.Find q) {
    if (!on) {
      throw off();
    }
    TimeCursor before = TimeCursor.read(q.before());
    return rooms.of(q).compose(scope -> new SearchWalk(this, q, scope, before).page());
  }

  /** A message that may be one. */
  record Candidate(int ord, TimeCursor at, boolean hit) {}

  Future<List<Candidate>> newest(SearchWalk walk, List<SearchWalk.Spot> spots, int each) {
    Tuple arguments = places(spots).addValue(walk.grams).addValue(walk.after).addInteger(each);
    return postgres.read(NEWEST, arguments).map(rows -> candidates(rows, walk, true));
  }

  Future<List<Candidate>> byGrams(SearchWalk walk, List<SearchWalk.Spot> spots, int most) {
    Tuple arguments =
        places(spots)
            .addValue(longs(spots, spot -> spot.last))
            .addValue(longs(spots, spot -> spot.top))
            .addValue(walk.grams)
            .addValue(walk.after)
            .addInteger(most);
    return postgres.read(BY_GRAMS, arguments).map(rows -> candidates(rows, walk, false));
  }

  Future<List<Candidate>> notIndexed(SearchWalk walk, List<SearchWalk.Spot> spots, int each) {
    Tuple arguments = places(spots).addInteger(each);
    return postgres.read(NOT_INDEXED, arguments).map(rows -> candidates(rows, walk, false));
  }

  /** The newest message of each room below a seq. */
  Future<List<Candidate>> edges(SearchWalk walk, List<SearchWalk.Spot> spots) {
    Tuple arguments =
        Tuple.of(
            spots.stream().map(spot -> spot.ord).toArray(Integer[]::new),
            longs(spots, spot -> spot.place.key()),
            longs(spots, spot -> spot.edge));
    return postgres.read(EDGES, arguments).map(rows -> candidates(rows, walk, false));
  }

  /** Those that are there for the reader, with their rooms. */
  Future<List<Found>> read(SearchWalk walk, List<TimeCursor> wanted) {
    Tuple arguments =
        Tuple.of(
            walk.q.readerId(),
            wanted.stream().map(TimeCursor::roomKey).toArray(Long[]::new),
            (Object) wanted.stream().map(TimeCursor::seq).toArray(Long[]::new));
    return postgres
        .read(READ, arguments)
        .map(
            rows ->
                Rows.list(
                    rows,
                    row ->
                        new Found(
                            row.getLong("room_key"),
                            MessageRow.read(row, row.getUUID("room_id")))));
  }

  record Found(long roomKey, Message message) {}

  private static Tuple places(List<SearchWalk.Spot> spots) {
    return Tuple.tuple()
        .addValue(spots.stream().map(spot -> spot.ord).toArray(Integer[]::new))
        .addValue(longs(spots, spot -> spot.place.key()))
        .addValue(longs(spots, spot -> spot.low))
        .addValue(
            spots.stream()
                .map(spot -> spot.below.at().atOffset(ZoneOffset.UTC))
                .toArray(java.time.OffsetDateTime[]::new))
        .addValue(longs(spots, spot -> spot.below.seqIn(spot.place.key())));
  }

  private static Long[] longs(
      List<SearchWalk.Spot> spots, java.util.function.ToLongFunction<SearchWalk.Spot> value) {
    return spots.stream().map(value::applyAsLong).toArray(Long[]::new);
  }

  private static List<Candidate> candidates(RowSet<Row> rows, SearchWalk walk, boolean marked) {
    List<Candidate> candidates = new ArrayList<>(rows.size());
    for (Row row : rows) {
      int ord = row.getInteger("ord");
      candidates.add(
          new Candidate(
              ord,
              new TimeCursor(Rows.instant(row, "sent_at"), walk.keyOf(ord), row.getLong("seq")),
              !marked || row.getBoolean("hit")));
    }
    return candidates;
  }
}
