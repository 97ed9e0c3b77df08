package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.NotifyLevel;
import chat.parley.model.Permissions;
import chat.parley.model.Person;
import chat.parley.model.Room;
import chat.parley.model.RoomHistory;
import chat.parley.model.RoomKind;
import chat.parley.model.RoomPosting;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/**
 * From rows to records: the shapes that several stores share. Statements name their columns alike.
 */
final class Rows {
  private Rows() {}

  static <T> List<T> list(RowSet<Row> rows, Function<Row, T> mapper) {
    List<T> list = new ArrayList<>(rows.size());
    for (Row row : rows) {
      list.add(mapper.apply(row));
    }
    return list;
  }

  /** Null when there is no row. */
  static Row first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : rows.iterator().next();
  }

  static Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  /** Columns user_id, username, display_name, avatar_url. */
  static Person person(Row row) {
    return new Person(
        row.getUUID("user_id"),
        row.getString("username"),
        row.getString("display_name"),
        row.getString("avatar_url"));
  }

  /** Columns of a member row, with the person; a null role is somebody who is gone. */
  static Member member(Row row) {
    String role = row.getString("role");
    return role == null
        ? Member.gone(person(row), row.getLong("version"))
        : Member.present(
            person(row), role(role), instant(row, "joined_at"), row.getLong("version"));
  }

  /** Columns kind of the room and my_role of the reader, who is in it. */
  static void requireMay(Permissions.Deed deed, Row row) {
    if (!Permissions.may(deed, kind(row.getString("kind")), role(row.getString("my_role")))) {
      throw Problem.FORBIDDEN.because("Your role in this room does not allow this");
    }
  }

  /**
   * What an event says of a room: columns room_kind, room_name, room_avatar and as they are called.
   */
  static Room room(Row row, UUID roomId, long version) {
    return new Room(
        roomId,
        kind(row.getString("room_kind")),
        row.getString("room_name"),
        row.getString("topic"),
        row.getString("room_avatar"),
        instant(row, "archived_at"),
        posting(row.getString("posting")),
        history(row.getString("history")),
        row.getInteger("retention"),
        version,
        null,
        null,
        null,
        null,
        null);
  }

  static MemberRole role(String stored) {
    return stored == null ? null : MemberRole.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  static RoomKind kind(String stored) {
    return RoomKind.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  static RoomPosting posting(String stored) {
    return stored == null ? null : RoomPosting.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  static RoomHistory history(String stored) {
    return stored == null ? null : RoomHistory.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  /** Who has chosen nothing is told of everything. */
  static NotifyLevel notifications(String stored) {
    return stored == null ? NotifyLevel.ALL : NotifyLevel.valueOf(stored.toUpperCase(Locale.ROOT));
  }

  /** How a time is stored; null for none. */
  static OffsetDateTime stored(Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  /** How an enum constant is stored. */
  static String stored(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
