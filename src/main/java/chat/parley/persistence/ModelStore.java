package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows as administrators see them, by the models of {@link AdminModels}. A page is O(log n + k),
 * with conditions that no index serves O(log n + {@link ModelQuery#WALK}). What was seen stands in
 * the audit log before it is answered.
 */
final class ModelStore {
  /** What stands before the model's own columns: id, place, number, whether it fits. */
  private static final int BEFORE_COLUMNS = 4;

  private final Postgres postgres;
  private final AdminModels models;

  ModelStore(Postgres postgres, AdminModels models) {
    this.postgres = postgres;
    this.models = models;
  }

  Future<List<Admin.Model>> models() {
    return Future.succeededFuture(models.shown());
  }

  /** Fails with NOT_FOUND for an unknown model and INVALID for what it does not offer. */
  Future<Page<Map<String, Object>, String>> list(Admin.ListRows ask) {
    AdminModel model = models.get(ask.model());
    ModelQuery query = ModelQuery.page(model, ask);
    return postgres
        .read(query.sql, query.values)
        .map(rows -> page(query, rows, ask.limit()))
        .compose(page -> AdminNotes.listed(postgres, ask, model).map(page));
  }

  private static Page<Map<String, Object>, String> page(
      ModelQuery query, RowSet<Row> rows, int limit) {
    List<Row> all = Rows.list(rows, row -> row);
    List<Map<String, Object>> fitting =
        all.stream()
            .filter(row -> row.getBoolean(BEFORE_COLUMNS - 1))
            .map(row -> shown(query.model, row))
            .toList();
    if (fitting.size() > limit) {
      Row last =
          all.stream().filter(row -> row.getBoolean(BEFORE_COLUMNS - 1)).toList().get(limit - 1);
      return new Page<>(fitting.subList(0, limit), place(query, last));
    }
    Row last = all.isEmpty() ? null : all.get(all.size() - 1);
    boolean walkedOn = query.walked && last != null && last.getLong(2) == ModelQuery.WALK;
    return new Page<>(fitting, walkedOn ? place(query, last) : null);
  }

  private static String place(ModelQuery query, Row row) {
    return ModelCursor.write(query.order, query.down, Arrays.asList(row.getArrayOfStrings(1)));
  }

  /** Fails with NOT_FOUND. */
  Future<Admin.Item> get(Admin.GetRow ask) {
    AdminModel model = models.get(ask.model());
    ModelQuery query = ModelQuery.one(model, ask.id());
    if (query == null) {
      return Future.failedFuture(Problem.NOT_FOUND.failure());
    }
    return postgres
        .read(query.sql, query.values)
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return new Admin.Item(shown(model, Rows.first(rows)));
            })
        .compose(item -> AdminNotes.seen(postgres, ask, model).map(item));
  }

  /** Fails with NOT_FOUND for what the model does not offer, and as the deed itself does. */
  Future<Outcome<Admin.Done>> act(Admin.Deed deed) {
    AdminModel model = models.get(deed.model());
    AdminModel.Doing doing = model.doings.get(deed.action());
    if (doing == null
        || deed.id() != null && ModelQuery.one(model, deed.id()) == null
        || (deed.id() == null) != deed.action().equals(Admin.CREATE)) {
      return Future.failedFuture(Problem.NOT_FOUND.failure());
    }
    return doing.apply(deed.in(model.tables.get(0)));
  }

  private static Map<String, Object> shown(AdminModel model, Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", row.getString(0));
    for (int i = 0; i < model.columns.size(); i++) {
      Object value = plain(row.getValue(BEFORE_COLUMNS + i));
      if (value != null) {
        values.put(model.columns.get(i).column().name(), value);
      }
    }
    return values;
  }

  /** As JSON has it. */
  private static Object plain(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof JsonObject object) {
      return object.getMap();
    }
    if (value instanceof JsonArray array) {
      return array.getList();
    }
    return value instanceof UUID id ? id.toString() : value;
  }
}
