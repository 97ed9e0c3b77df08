package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.Admin.Type;
import chat.parley.model.Fold;
import io.vertx.sqlclient.Tuple;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The statement for a page of rows. One condition at most is looked up in an index, the others are
 * judged while that index is walked, {@link #WALK} rows a page and no further. It is put together
 * of what the models say; what was typed goes in as values.
 */
final class ModelQuery {
  static final int WALK = 1_000;

  /** Longer texts are cut in a list. */
  private static final int SHOWN = 300;

  private static final String PAGE =
      """
      select %1$s from (
        select t.*, row_number() over (order by %3$s) as row_no from %2$s t where %4$s order by %3$s limit %5$s) t
      %6$s order by t.row_no""";

  /** The last row that was walked shows where to go on, though nobody sees it. */
  private static final String WALKED =
      """
      select %1$s from (
        select * from (
          select t.*, coalesce(%7$s, false) as fits, row_number() over (order by %3$s) as row_no
          from %2$s t where %4$s order by %3$s limit %8$s) t
        where t.fits or t.row_no = %8$s order by t.row_no limit %5$s) t
      %6$s order by t.row_no""";

  /** Fenced in, or the planner would now and then walk all rows in their order to find a few. */
  private static final String FEW = "(select t.* from %1$s t where %2$s offset 0)";

  private static final String ONE = "select %1$s from %2$s t %3$s where %4$s";

  final AdminModel model;
  final AdminModel.Order order;
  final boolean down;
  final boolean walked;
  final String sql;
  final Tuple values;

  private ModelQuery(
      AdminModel model,
      AdminModel.Order order,
      boolean down,
      boolean walked,
      String sql,
      Tuple values) {
    this.model = model;
    this.order = order;
    this.down = down;
    this.walked = walked;
    this.sql = sql;
    this.values = values;
  }

  /** A condition with its value; {@code orders} are empty when no index leads to it. */
  private record Asked(
      String parameter,
      AdminModel.Condition condition,
      String value,
      List<AdminModel.Order> orders) {}

  /** Fails with INVALID, naming the parameter. */
  static ModelQuery page(AdminModel model, Admin.ListRows ask) {
    List<Asked> asked = asked(model, ask);
    Asked first = asked.stream().filter(each -> !each.orders.isEmpty()).findFirst().orElse(null);
    boolean down = ask.sort() != null && ask.sort().startsWith("-");
    String sort = ask.sort() == null ? null : ask.sort().substring(down ? 1 : 0);
    AdminModel.Order order = order(model, first, sort);
    List<Asked> rest = asked.stream().filter(each -> each != first).toList();
    boolean reversed = ask.sort() == null || down;
    return new Text(model, order, reversed).page(first, rest, ask);
  }

  /** The orders that go with the condition that is looked up; without a wish the first of them. */
  private static AdminModel.Order order(AdminModel model, Asked first, String sort) {
    List<AdminModel.Order> offered = first == null ? model.orders : first.orders;
    if (sort == null) {
      return offered.get(0);
    }
    return offered.stream()
        .filter(each -> each.name().equals(sort))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.INVALID.at(
                    "sort",
                    "is "
                        + offered.stream()
                            .map(AdminModel.Order::name)
                            .distinct()
                            .collect(Collectors.joining(" or "))
                        + (first == null ? "" : " together with " + first.parameter)));
  }

  private static List<Asked> asked(AdminModel model, Admin.ListRows ask) {
    List<Asked> asked = new ArrayList<>();
    if (ask.q() != null) {
      if (model.search == null) {
        throw Problem.INVALID.at("q", "is not offered for this model");
      }
      asked.add(new Asked("q", model.search, Fold.key(plain("q", ask.q())), model.searchOrders));
    }
    for (String filter : ask.filters()) {
      asked.add(filter(model, filter));
    }
    return asked;
  }

  private static Asked filter(AdminModel model, String text) {
    int colon = text.indexOf(':');
    String name = text.substring(0, Math.max(0, colon));
    String value = plain("filter", text.substring(colon + 1));
    AdminModel.Filter filter =
        model.filters.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.INVALID.at(
                        "filter",
                        "is by "
                            + model.filters.stream()
                                .map(AdminModel.Filter::name)
                                .collect(Collectors.joining(", "))));
    AdminModel.Condition condition =
        filter.values() == null ? filter.conditions().get("") : filter.conditions().get(value);
    if (condition == null) {
      throw Problem.INVALID.at("filter", name + " is one of " + filter.values());
    }
    return new Asked("filter", condition, value(filter, value), filter.orders());
  }

  private static String plain(String parameter, String value) {
    if (value.indexOf(0) >= 0) {
      throw Problem.INVALID.at(parameter, "holds a NUL");
    }
    return value;
  }

  /** As PostgreSQL reads it. */
  private static String value(AdminModel.Filter filter, String typed) {
    try {
      return switch (filter.type()) {
        case ID -> UUID.fromString(typed).toString();
        case NUMBER, BYTES -> Long.toString(Long.parseLong(typed));
        case TIME -> Instant.parse(typed).toString();
        case TEXT -> Fold.key(typed);
        default -> typed;
      };
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw Problem.INVALID.at(
          "filter",
          filter.name()
              + (filter.type() == Type.ID ? " is an id" : " has a value of another type"));
    }
  }

  /** The row of a key; null when it is none. */
  static ModelQuery one(AdminModel model, String id) {
    String[] values = id.split(":", model.key.size());
    if (values.length != model.key.size() || id.indexOf(0) >= 0) {
      return null;
    }
    Tuple tuple = Tuple.tuple();
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      AdminModel.Part part = model.key.get(i);
      if (!fits(part.type(), values[i])) {
        return null;
      }
      tuple.addString(values[i]);
      conditions.add(part.equals().replace("?", cast(i + 1, part.type())));
    }
    String sql =
        ONE.formatted(
            Text.columns(model, List.of(), false, false),
            model.base,
            model.joins,
            String.join(" and ", conditions));
    return new ModelQuery(model, null, false, false, sql, tuple);
  }

  private static boolean fits(String type, String value) {
    try {
      switch (type) {
        case "uuid" -> UUID.fromString(value);
        case "bigint" -> Long.parseLong(value);
        default -> {}
      }
      return true;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  /** Values travel as text, in whatever type they are. */
  private static String cast(int number, String type) {
    return type.equals("text") ? "$" + number + "::text" : "$" + number + "::text::" + type;
  }

  /** One statement in the making. */
  private static final class Text {
    private final AdminModel model;
    private final AdminModel.Order order;
    private final boolean down;
    private final Tuple values = Tuple.tuple();

    Text(AdminModel model, AdminModel.Order order, boolean down) {
      this.model = model;
      this.order = order;
      this.down = down;
    }

    ModelQuery page(Asked first, List<Asked> rest, Admin.ListRows ask) {
      String looked = first == null ? order.rows() : condition(first);
      String base = order.few() ? FEW.formatted(model.base, looked) : model.base;
      String left = order.few() ? "true" : looked;
      String from = ask.after() == null ? left : left + " and " + after(ask.after());
      String judged = rest.stream().map(this::condition).collect(Collectors.joining(" and "));
      boolean walked = !rest.isEmpty();
      // One more shows whether there is another page.
      values.addInteger(ask.limit() + 1);
      String limit = "$" + values.size() + "::int";
      boolean cut = ask.purpose() == Admin.Purpose.LOOK;
      String sql =
          (walked ? WALKED : PAGE)
              .formatted(
                  columns(model, order.parts(), walked, cut),
                  base,
                  ordered(),
                  from,
                  limit,
                  model.joins,
                  judged,
                  WALK);
      return new ModelQuery(model, order, down, walked, sql, values);
    }

    private String condition(Asked asked) {
      if (asked.condition.type() == null) {
        return asked.condition.sql();
      }
      values.addString(asked.value);
      return asked.condition.sql().replace("?", cast(values.size(), asked.condition.type()));
    }

    private String after(String cursor) {
      List<String> place = ModelCursor.read(order, down, cursor);
      List<String> left = new ArrayList<>();
      List<String> right = new ArrayList<>();
      for (int i = 0; i < place.size(); i++) {
        values.addString(place.get(i));
        left.add(order.parts().get(i).sql());
        right.add(cast(values.size(), order.parts().get(i).type()));
      }
      return "("
          + String.join(", ", left)
          + ") "
          + (down ? "<" : ">")
          + " ("
          + String.join(", ", right)
          + ")";
    }

    private String ordered() {
      return order.parts().stream()
          .map(part -> part.sql() + (down ? " desc" : ""))
          .collect(Collectors.joining(", "));
    }

    /** The key and the place as text, then what is shown. */
    static String columns(
        AdminModel model, List<AdminModel.Part> place, boolean walked, boolean cut) {
      List<String> all = new ArrayList<>();
      all.add(
          model.key.stream()
              .map(part -> "(" + part.sql() + ")::text")
              .collect(Collectors.joining(" || ':' || ")));
      all.add(
          "array["
              + place.stream()
                  .map(part -> "(" + part.sql() + ")::text")
                  .collect(Collectors.joining(", "))
              + "]::text[]");
      all.add(place.isEmpty() ? "0::bigint" : "t.row_no");
      all.add(walked ? "t.fits" : "true");
      for (AdminModel.Shown shown : model.columns) {
        all.add(
            cut && shown.column().type() == Type.TEXT
                ? "left(" + shown.sql() + ", " + SHOWN + ")"
                : shown.sql());
      }
      return String.join(", ", all);
    }
  }
}
