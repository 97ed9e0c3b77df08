package chat.parley.auth;

import chat.parley.bus.Failure;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a form, so that one answer names every wrong field. */
final class Wrong {
  private final List<Failure.Field> fields = new ArrayList<>();

  /**
   * Notes the field as wrong unless the rule holds; only the first broken rule of a field is told.
   */
  void unless(boolean holds, String pointer, String detail) {
    if (!holds && fields.stream().noneMatch(field -> field.pointer().equals(pointer))) {
      fields.add(new Failure.Field(pointer, detail));
    }
  }

  /** Whether nothing was wrong. */
  boolean isNothing() {
    return fields.isEmpty();
  }

  /** Throws when anything was wrong. */
  void refuse() {
    if (!fields.isEmpty()) {
      throw Failure.invalid(fields);
    }
  }
}
