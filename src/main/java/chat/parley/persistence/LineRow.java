package chat.parley.persistence;

import chat.parley.model.Line;
import chat.parley.model.Person;
import io.vertx.sqlclient.Row;
import java.util.Locale;

/**
 * A line as every statement that shows one selects it: {@code l} is its row, {@link #PEOPLE} joins
 * whom it names.
 */
final class LineRow {
  static final String COLUMNS =
      """
      l.version as line_version, l.after_seq, l.kind as line_kind, l.text as line_text, l.at,
        actor.id as actor_id, actor.username as actor_username, actor.display_name as actor_name,
        actor.avatar_url as actor_avatar,
        subject.id as subject_id, subject.username as subject_username, subject.display_name as subject_name,
        subject.avatar_url as subject_avatar
      """;

  static final String PEOPLE =
      """
      left join users actor on actor.id = l.actor_id
      left join users subject on subject.id = l.subject_id
      """;

  private LineRow() {}

  static Line read(Row row) {
    return new Line(
        row.getLong("line_version"),
        row.getLong("after_seq"),
        Line.Kind.valueOf(row.getString("line_kind").toUpperCase(Locale.ROOT)),
        person(row, "actor"),
        person(row, "subject"),
        row.getString("line_text"),
        Rows.instant(row, "at"));
  }

  private static Person person(Row row, String who) {
    return row.getUUID(who + "_id") == null
        ? null
        : new Person(
            row.getUUID(who + "_id"),
            row.getString(who + "_username"),
            row.getString(who + "_name"),
            row.getString(who + "_avatar"));
  }
}
