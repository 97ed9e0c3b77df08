package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every model of the panel, in the order of its menu. A new table becomes one by a few lines in the
 * file of its group; a test looks for tables that are neither here nor among {@link #NO_MODELS}.
 */
final class AdminModels {
  /** Tables that nobody looks at by themselves, and why. */
  static final Map<String, String> NO_MODELS =
      Map.ofEntries(
          Map.entry("audit_chain", "hashes of the audit log; verified as a whole"),
          Map.entry("room_heads", "counters of rooms; shown with them"),
          Map.entry("user_heads", "counters of people"),
          Map.entry("retentions", "how far rooms are with deleting what is old"),
          Map.entry("search_marks", "how far rooms are in the search index"),
          Map.entry("message_search", "the search index, made of messages"),
          Map.entry("media_blobs", "which bytes lie on the disk; counted from media"),
          Map.entry("refresh_tokens", "hashes of a session's tokens; it ends with its session"),
          Map.entry("tickets", "hashes that live for half a minute"),
          Map.entry("spent_tokens", "hashes of tokens that may not come twice"),
          Map.entry("answered_challenges", "hashes of challenges that may not come twice"),
          Map.entry("registration", "one row, which has operations of its own"),
          Map.entry("daily_people", "who was here on a day, until the day is counted"),
          Map.entry("daily_activity", "the dashboard's counts of days"),
          Map.entry("flyway_schema_history", "which migrations ran"));

  private final Map<String, AdminModel> byName = new LinkedHashMap<>();
  private final List<Admin.Model> shown;

  AdminModels(List<AdminModel> models) {
    models.forEach(
        model -> {
          if (byName.put(model.name, model) != null) {
            throw new IllegalStateException(model.name + " is a model twice");
          }
        });
    shown = models.stream().map(AdminModel::shown).toList();
  }

  /** All there are, with what does something to them. */
  static AdminModels of(AdminServices services) {
    return new AdminModels(
        Stream.of(
                PeopleModels.of(services),
                RoomModels.of(services),
                MessageModels.of(services),
                ModerationModels.of(services),
                AccessModels.of(services),
                ServerModels.of(services))
            .flatMap(List::stream)
            .toList());
  }

  List<Admin.Model> shown() {
    return shown;
  }

  Iterable<AdminModel> all() {
    return byName.values();
  }

  /** Fails with NOT_FOUND. */
  AdminModel get(String name) {
    AdminModel model = byName.get(name);
    if (model == null) {
      throw Problem.NOT_FOUND.failure();
    }
    return model;
  }
}
