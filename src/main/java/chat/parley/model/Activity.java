package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What was counted last, and what each day brought. Days are those of UTC.
 *
 * @param databaseBytes what the database takes on disk
 */
public record Activity(
    Instant countedAt,
    People people,
    Rooms rooms,
    Messages messages,
    Files media,
    long databaseBytes,
    List<Day> days) {

  /** Accounts that are there; and of those who were here, how many. */
  public record People(long total, long newToday, long activeToday, long active7Days) {}

  /** Rooms that are there. */
  public record Rooms(long direct, long group, @JsonProperty("public") long open) {}

  /** Ever said, also what was deleted since. */
  public record Messages(long total, long today) {}

  /** As people sent them: what was sent twice is kept once, and counts twice. */
  public record Files(long files, long bytes) {}

  /** One day, as 2026-12-01. */
  public record Day(String day, long messages, long activePeople, long newPeople) {
    public Day(LocalDate day, long messages, long activePeople, long newPeople) {
      this(day.toString(), messages, activePeople, newPeople);
    }
  }
}
