package chat.parley.persistence;

import chat.parley.model.Admin;
import chat.parley.model.Admin.Type;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of row as the panel has it, with the SQL behind: what {@link Admin.Model} says to clients,
 * where its rows stand, and which index serves each order and each filter. Everything is said of
 * one row {@code t} of {@link #base}; what is joined to it is looked up for the rows of a page
 * only.
 */
final class AdminModel {
  /**
   * A column of an order or a key.
   *
   * @param sql of {@code t}, never null
   * @param type as PostgreSQL calls it
   * @param equals by which a row with this value is looked up
   */
  record Part(String sql, String type, String equals) {
    Part(String sql, String type) {
      this(sql, type, sql + " = ?");
    }

    /** A room's id, where rows have its number. */
    static Part roomOf(String roomKey) {
      return new Part(
          "(select h.room_id from room_heads h where h.room_key = " + roomKey + ")",
          "uuid",
          byRoom(roomKey).sql());
    }

    static Part id(String sql) {
      return new Part(sql, "uuid");
    }

    static Part number(String sql) {
      return new Part(sql, "bigint");
    }

    static Part text(String sql) {
      return new Part(sql, "text");
    }

    static Part time(String sql) {
      return new Part(sql, "timestamptz");
    }
  }

  /**
   * Rows in the order of an index; the parts end in a key, so that no two rows are alike.
   *
   * @param rows which of them the index has
   * @param few whether the index only finds them, and as they are few they are sorted
   */
  record Order(
      String name, String title, String index, List<Part> parts, String rows, boolean few) {
    /** In which an index gives what a condition finds in it. */
    static Order of(String name, String index, Part... parts) {
      return new Order(name, null, index, List.of(parts), "true", false);
    }

    /** For what an index finds, but not in this order: no more than belongs to one. */
    static Order ofFew(String name, String index, Part... parts) {
      return new Order(name, null, index, List.of(parts), "true", true);
    }
  }

  /**
   * What a row has to be; {@code ?} stands for the value.
   *
   * @param type of the value, as PostgreSQL calls it; null when there is none
   */
  record Condition(String sql, String type) {}

  /** Rows of a room that have its number. */
  static Condition byRoom(String roomKey) {
    return new Condition(
        roomKey + " = (select h.room_key from room_heads h where h.room_id = ?)", "uuid");
  }

  /**
   * @param conditions one for each value, or for all under the empty string
   * @param orders the indexes by which it is looked up; empty when it is judged along the way
   */
  record Filter(
      String name,
      String title,
      Type type,
      String references,
      Map<String, Condition> conditions,
      List<Order> orders) {
    List<String> values() {
      return conditions.containsKey("") ? null : List.copyOf(conditions.keySet());
    }
  }

  /** A column that is shown; {@code sql} may use what is joined. */
  record Shown(Admin.Column column, String sql) {}

  /** What does something to a row, in a transaction of its own. */
  interface Doing extends Function<Admin.Deed, Future<Outcome<Admin.Done>>> {}

  final String name;
  final String title;
  final String group;
  final String base;
  final List<Part> key;
  String joins = "";
  final List<String> tables = new ArrayList<>();
  final List<Shown> columns = new ArrayList<>();
  final List<Order> orders = new ArrayList<>();
  final List<Filter> filters = new ArrayList<>();
  final Map<String, Doing> doings = new LinkedHashMap<>();
  Condition search;
  List<Order> searchOrders = List.of();
  private final List<Admin.Action> actions = new ArrayList<>();
  private List<Admin.Field> create;
  private List<Admin.Field> edit;
  private String note;

  /**
   * @param base a table, or a query in brackets that is as cheap to walk
   * @param key what tells one row from all others
   */
  AdminModel(String group, String name, String title, String base, Part... key) {
    this.group = group;
    this.name = name;
    this.title = title;
    this.base = base;
    this.key = List.of(key);
    tables.add(base);
  }

  /** For a base that is a query: the tables whose rows these are. */
  AdminModel of(String... named) {
    tables.clear();
    tables.addAll(List.of(named));
    return this;
  }

  AdminModel join(String sql) {
    joins += " " + sql;
    return this;
  }

  AdminModel column(String name, String title, Type type, String sql) {
    columns.add(new Shown(new Admin.Column(name, title, type, null, null), sql));
    return this;
  }

  AdminModel choice(String name, String title, String sql, String... values) {
    columns.add(new Shown(new Admin.Column(name, title, Type.CHOICE, List.of(values), null), sql));
    return this;
  }

  /** An id of a row of another model. */
  AdminModel reference(String name, String title, String sql, String model) {
    columns.add(new Shown(new Admin.Column(name, title, Type.ID, null, model), sql));
    return this;
  }

  /** Who it is about, by id and by name. */
  AdminModel person(String name, String title, String sql) {
    String alias = "p" + columns.size();
    return reference(name, title, sql, "users")
        .column(name + "Name", title + " (name)", Type.TEXT, alias + ".username")
        .join("left join users " + alias + " on " + alias + ".id = " + sql);
  }

  /** An order for all rows. */
  AdminModel sort(String name, String title, String index, Part... parts) {
    orders.add(new Order(name, title, index, List.of(parts), "true", false));
    return this;
  }

  /** An order for those rows that an index has. */
  AdminModel sortOf(String rows, String name, String title, String index, Part... parts) {
    orders.add(new Order(name, title, index, List.of(parts), rows, false));
    return this;
  }

  /**
   * A filter that an index serves.
   *
   * @param orders in which that index, or one like it, gives the rows; named like those of the
   *     model
   */
  AdminModel filter(
      String name,
      String title,
      Type type,
      String references,
      Condition condition,
      Order... orders) {
    filters.add(new Filter(name, title, type, references, Map.of("", condition), List.of(orders)));
    return this;
  }

  /** A filter by person. */
  AdminModel filterByPerson(String name, String title, String sql, Order... orders) {
    return filter(name, title, Type.ID, "users", new Condition(sql + " = ?", "uuid"), orders);
  }

  /** A filter of few values, each a condition of its own; pairs of value and SQL. */
  AdminModel filterByChoice(String name, String title, Order order, String... valuesAndConditions) {
    Map<String, Condition> conditions = new LinkedHashMap<>();
    for (int i = 0; i < valuesAndConditions.length; i += 2) {
      conditions.put(valuesAndConditions[i], new Condition(valuesAndConditions[i + 1], null));
    }
    filters.add(
        new Filter(
            name,
            title,
            Type.CHOICE,
            null,
            conditions,
            order == null ? List.of() : List.of(order)));
    return this;
  }

  /** Search for a part of these columns, judged along the way. */
  AdminModel searchIn(String... columns) {
    return search(
        Stream.of(columns)
            .map(column -> "position(? in lower(" + column + ")) > 0")
            .collect(Collectors.joining(" or ", "(", ")")));
  }

  /** Search that an index serves; without orders it is judged along the way. */
  AdminModel search(String sql, Order... found) {
    search = new Condition(sql, "text");
    searchOrders = List.of(found);
    return this;
  }

  AdminModel create(Doing doing, Admin.Field... fields) {
    create = List.of(fields);
    doings.put(Admin.CREATE, doing);
    return this;
  }

  AdminModel edit(Doing doing, Admin.Field... fields) {
    edit = List.of(fields);
    doings.put(Admin.EDIT, doing);
    return this;
  }

  AdminModel delete(Doing doing) {
    doings.put(Admin.DELETE, doing);
    return this;
  }

  AdminModel act(String action, String title, boolean dangerous, Doing doing) {
    actions.add(new Admin.Action(action, title, dangerous, null));
    doings.put(action, doing);
    return this;
  }

  /** The auth service does it. */
  AdminModel actByAuth(String action, String title, boolean dangerous) {
    actions.add(new Admin.Action(action, title, dangerous, null));
    return this;
  }

  AdminModel note(String words) {
    note = words;
    return this;
  }

  static Admin.Field text(String name, String title, boolean required, int maxLength) {
    return new Admin.Field(name, title, Type.TEXT, required, null, maxLength);
  }

  static Admin.Field number(String name, String title) {
    return new Admin.Field(name, title, Type.NUMBER, true, null, null);
  }

  static Admin.Field when(String name, String title) {
    return new Admin.Field(name, title, Type.TIME, false, null, null);
  }

  static Admin.Field flag(String name, String title) {
    return new Admin.Field(name, title, Type.BOOLEAN, true, null, null);
  }

  static Admin.Field id(String name, String title) {
    return new Admin.Field(name, title, Type.ID, true, null, 36);
  }

  static Admin.Field oneOf(String name, String title, String... values) {
    return new Admin.Field(name, title, Type.CHOICE, true, List.of(values), null);
  }

  Admin.Model shown() {
    return new Admin.Model(
        name,
        title,
        group,
        columns.stream().map(Shown::column).toList(),
        orders.stream().map(order -> new Admin.Sort(order.name(), order.title())).toList(),
        filters.stream().map(AdminModel::shown).toList(),
        search != null,
        create,
        edit,
        doings.containsKey(Admin.DELETE),
        List.copyOf(actions),
        note);
  }

  private static Admin.Filter shown(Filter filter) {
    return new Admin.Filter(
        filter.name(),
        filter.title(),
        filter.type(),
        filter.values(),
        filter.references(),
        filter.orders().isEmpty()
            ? null
            : filter.orders().stream().map(Order::name).distinct().toList());
  }
}
