package chat.parley.model;

import chat.parley.model.Recovery.NewLink;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What administrators look at and change: models, which say what there is to know of one kind of
 * row, and rows, whose values stand under the names of the model's columns. A row's id is one
 * string, keys of several columns joined by colons.
 */
public final class Admin {
  /** What is done to a row by {@code POST}, {@code PATCH} and {@code DELETE}. */
  public static final String CREATE = "create";

  public static final String EDIT = "edit";
  public static final String DELETE = "delete";

  private Admin() {}

  /** How a value is shown and typed. */
  public enum Type {
    @JsonProperty("text")
    TEXT,
    @JsonProperty("number")
    NUMBER,
    @JsonProperty("time")
    TIME,
    @JsonProperty("boolean")
    BOOLEAN,
    /** The id of another row, or one's own. */
    @JsonProperty("id")
    ID,
    /** A size. */
    @JsonProperty("bytes")
    BYTES,
    @JsonProperty("json")
    JSON,
    @JsonProperty("choice")
    CHOICE
  }

  /**
   * A kind of row.
   *
   * @param name as in its address
   * @param create the fields to make one with; null when none is made here
   * @param edit the fields that can be changed; null for none
   * @param note what to know of it; null for nothing
   */
  public record Model(
      String name,
      String title,
      String group,
      List<Column> columns,
      List<Sort> sorts,
      List<Filter> filters,
      boolean searchable,
      List<Field> create,
      List<Field> edit,
      boolean delete,
      List<Action> actions,
      String note) {}

  /**
   * @param references the model that it is an id of; null for none
   */
  public record Column(
      String name, String title, Type type, List<String> values, String references) {}

  /** An order in which an index gives the rows. */
  public record Sort(String name, String title) {}

  /**
   * @param sorts the orders that go with it; null for all
   */
  public record Filter(
      String name,
      String title,
      Type type,
      List<String> values,
      String references,
      List<String> sorts) {}

  /**
   * A value that is typed.
   *
   * @param required false when a text may be empty, which clears it
   */
  public record Field(
      String name,
      String title,
      Type type,
      boolean required,
      List<String> values,
      Integer maxLength) {}

  /** What else can be done to rows. */
  public record Action(String name, String title, boolean dangerous, List<Field> fields) {}

  // Asked of the database.

  /**
   * A page of rows.
   *
   * @param q what is looked for; null for everything
   * @param sort a name, after a minus for the other way round; null for the model's first
   * @param filters each {@code name:value}
   * @param after where the page before ended; null for the first
   */
  public record ListRows(
      Actor actor,
      String model,
      String q,
      String sort,
      List<String> filters,
      String after,
      int limit,
      Purpose purpose) {}

  /** Why rows are read: a page of an export is no look of its own. */
  public enum Purpose {
    LOOK,
    EXPORT,
    MORE_OF_AN_EXPORT
  }

  public record GetRow(Actor actor, String model, String id) {}

  /**
   * Do something to one row.
   *
   * @param table of the row, for the audit log; null until the model is found
   * @param id null to make one
   * @param fields values by name, in their types: String, Long, Boolean
   * @param link for a letter, if one is sent
   */
  public record Deed(
      Actor actor,
      String model,
      String table,
      String action,
      String id,
      Map<String, Object> fields,
      NewLink link) {
    public Deed in(String found) {
      return new Deed(actor, model, found, action, id, fields, link);
    }

    public String text(String field) {
      return (String) fields.get(field);
    }

    public Long number(String field) {
      return (Long) fields.get(field);
    }

    public Boolean flag(String field) {
      return (Boolean) fields.get(field);
    }
  }

  /**
   * What became of it.
   *
   * @param id of the row, maybe a new one
   * @param endedSessions those that nothing signed by counts any more
   * @param changedAccounts those that are to be read anew
   */
  public record Done(String id, List<UUID> endedSessions, List<UUID> changedAccounts) {
    public static Done to(String id) {
      return new Done(id, List.of(), List.of());
    }
  }

  // Asked of the auth service.

  /** Let an administrator do something to one row; see {@link Deed}. */
  public record Act(
      Caller caller,
      String model,
      String action,
      String id,
      Map<String, Object> fields,
      String requestId) {}

  /** What became of several rows. */
  public record ManyDone(List<String> done, List<Failed> failed) {}

  public record Failed(String id, int status, String detail) {}

  /** One row on its own. */
  public record Item(Map<String, Object> item) {}
}
