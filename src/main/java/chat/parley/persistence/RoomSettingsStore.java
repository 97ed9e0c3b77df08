package chat.parley.persistence;

import chat.parley.model.Fold;
import chat.parley.model.Line;
import chat.parley.model.Permissions;
import chat.parley.model.Room;
import chat.parley.model.RoomSettings;
import chat.parley.model.Rooms;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a room is called and how it is set up. A change is one event of the room and a line for each
 * thing that is another now; a wish for what is so already changes nothing.
 */
final class RoomSettingsStore {
  private static final String STORE =
      """
      update rooms set version = $2, kind = $3, name = $4, name_key = $5, topic = $6, archived_at = $7::timestamptz,
        posting = $8, history = $9
      where id = $1
      """;

  private record NewLine(Line.Kind kind, String text) {}

  private final Postgres postgres;
  private final RoomStore rooms;

  RoomSettingsStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** The room as the actor sees it afterwards; O(log n). */
  Future<Outcome<Room>> change(Rooms.Change q) {
    return RoomChange.run(
        postgres,
        q.actor(),
        q.roomId(),
        change -> {
          require(change, q.wish());
          return apply(change, q.wish()).compose(done -> rooms.view(change, q.actor().userId()));
        });
  }

  /** The same for whoever may, in a room of many. */
  static Future<Void> apply(RoomChange change, RoomSettings wish) {
    Room wished = wished(change.room, wish);
    List<NewLine> lines = lines(change.room, wished);
    return lines.isEmpty()
        ? Future.succeededFuture()
        : store(change, wished.alone(change.nextVersion()), lines);
  }

  private static void require(RoomChange change, RoomSettings wish) {
    change.requireNotDirect();
    if (wish.describes()) {
      change.require(Permissions.Deed.DESCRIBE);
    }
    if (wish.setsUp()) {
      change.require(Permissions.Deed.SET_UP);
    }
  }

  private static Room wished(Room now, RoomSettings wish) {
    return new Room(
        now.id(),
        or(wish.kind(), now.kind()),
        wish.name() == null ? now.name() : RoomText.name(wish.name()),
        wish.topic() == null ? now.topic() : RoomText.topic(wish.topic()),
        now.avatarUrl(),
        archivedAt(now.archivedAt(), wish.archived()),
        or(wish.posting(), now.posting()),
        or(wish.history(), now.history()),
        now.retentionDays(),
        now.version(),
        null,
        null,
        null,
        null,
        null);
  }

  private static <T> T or(T wish, T now) {
    return wish == null ? now : wish;
  }

  /** As precise as the database keeps it, so that the event and the row say the same. */
  private static Instant archivedAt(Instant since, Boolean archived) {
    if (archived == null || archived == (since != null)) {
      return since;
    }
    return archived ? Instant.now().truncatedTo(ChronoUnit.MICROS) : null;
  }

  private static List<NewLine> lines(Room now, Room wished) {
    List<NewLine> lines = new ArrayList<>();
    add(lines, Line.Kind.RENAMED, now.name(), wished.name());
    add(lines, Line.Kind.TOPIC, now.topic(), wished.topic());
    add(lines, Line.Kind.KIND, Rows.stored(now.kind()), Rows.stored(wished.kind()));
    add(lines, Line.Kind.POSTING, Rows.stored(now.posting()), Rows.stored(wished.posting()));
    add(lines, Line.Kind.HISTORY, Rows.stored(now.history()), Rows.stored(wished.history()));
    if (!Objects.equals(now.archivedAt(), wished.archivedAt())) {
      lines.add(
          new NewLine(wished.archivedAt() == null ? Line.Kind.RESTORED : Line.Kind.ARCHIVED, null));
    }
    return lines;
  }

  private static void add(List<NewLine> lines, Line.Kind kind, String now, String wished) {
    if (!Objects.equals(now, wished)) {
      lines.add(new NewLine(kind, wished));
    }
  }

  private static Future<Void> store(RoomChange change, Room room, List<NewLine> lines) {
    change.announce(room);
    Future<?> done = change.connection.preparedQuery(STORE).execute(row(room));
    for (NewLine line : lines) {
      done = done.compose(before -> change.line(line.kind(), null, line.text()));
    }
    return done.mapEmpty();
  }

  private static Tuple row(Room room) {
    return Tuple.of(room.id(), room.version(), Rows.stored(room.kind()), room.name())
        .addString(Fold.key(room.name()))
        .addString(room.topic())
        .addValue(Rows.stored(room.archivedAt()))
        .addString(Rows.stored(room.posting()))
        .addString(Rows.stored(room.history()));
  }
}
