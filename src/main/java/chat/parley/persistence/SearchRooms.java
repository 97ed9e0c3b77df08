package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Fold;
import chat.parley.model.FoldedText;
import chat.parley.model.RoomKind;
import chat.parley.model.Search;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** In which rooms to look, by whom and in whose days: what a query means for who asks. */
final class SearchRooms {
  static final String MINE =
      """
      select h.room_id, h.room_key, me.from_seq, h.last_seq, coalesce(s.seq, 0) as indexed, r.kind, r.name, other.username_key as other_key
      from members me
      join rooms r on r.id = me.room_id and r.deleted_at is null
      join room_heads h on h.room_id = me.room_id
      left join search_marks s on s.room_key = h.room_key
      left join users other on other.id = case when r.direct_low = me.user_id then r.direct_high else r.direct_low end
      where me.user_id = $1
      """;

  static final String PEOPLE =
      """
      select me.time_zone, (select u.id from users u where u.username_key = $2 and u.deleted_at is null) as sender
      from users me where me.id = $1
      """;

  /** One of the reader's rooms; {@code from} is the first seq that is theirs. */
  record Place(UUID id, long key, long from, long last, long indexed) {}

  /** {@code sender} is null for anybody. */
  record Scope(List<Place> places, UUID sender, ZoneId zone) {}

  private final Postgres postgres;
  private final RoomStore rooms;

  SearchRooms(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** Fails with what a filter names that is not there for the reader. */
  Future<Scope> of(Search.Find q) {
    Future<List<Place>> places = places(q);
    String from = q.query().from();
    return postgres
        .read(PEOPLE, Tuple.of(q.readerId(), from == null ? "" : from))
        .compose(
            rows -> {
              Row row = Rows.first(rows);
              UUID sender = from == null ? null : from.equals("me") ? q.readerId() : sender(row);
              return places.map(found -> new Scope(found, sender, zone(row)));
            });
  }

  private static UUID sender(Row row) {
    UUID sender = row == null ? null : row.getUUID("sender");
    if (sender == null) {
      throw Problem.INVALID.at("q", "from: names nobody");
    }
    return sender;
  }

  private static ZoneId zone(Row row) {
    String name = row == null ? null : row.getString("time_zone");
    try {
      return name == null ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }

  private Future<List<Place>> places(Search.Find q) {
    return postgres
        .read(MINE, Tuple.of(q.readerId()))
        .compose(
            rows -> {
              List<Place> places = new ArrayList<>();
              boolean mine = q.roomId() == null;
              for (Row row : rows) {
                boolean here = q.roomId() == null || row.getUUID("room_id").equals(q.roomId());
                mine |= here;
                if (here && (q.query().in() == null || isNamed(row, q.query().in()))) {
                  places.add(place(row));
                }
              }
              if (!mine) {
                return rooms.notMine(q.roomId());
              }
              return places.isEmpty() && q.query().in() != null
                  ? Future.failedFuture(Problem.INVALID.at("q", "in: names no room of yours"))
                  : Future.succeededFuture(places);
            });
  }

  private static Place place(Row row) {
    return new Place(
        row.getUUID("room_id"),
        row.getLong("room_key"),
        row.getLong("from_seq"),
        row.getLong("last_seq"),
        row.getLong("indexed"));
  }

  /** By its id, by part of its name, or a conversation of two by the other's {@code @name}. */
  private static boolean isNamed(Row row, String typed) {
    if (Rows.kind(row.getString("kind")) == RoomKind.DIRECT) {
      return typed.startsWith("@")
              && Fold.key(typed.substring(1)).equals(row.getString("other_key"))
          || row.getUUID("room_id").toString().equalsIgnoreCase(typed);
    }
    return row.getUUID("room_id").toString().equalsIgnoreCase(typed)
        || FoldedText.of(row.getString("name")).text().contains(FoldedText.of(typed).text());
  }
}
