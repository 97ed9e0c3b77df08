package chat.parley.mutants;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps each message as it was first read, and shows it when it should not be shown any more: what
 * a cache does that nobody told. A message is known by the names of its parts only.
 */
final class Earlier {
  private final Map<String, Object> first = new ConcurrentHashMap<>();
  private final Set<String> versions = ConcurrentHashMap.newKeySet();

  /** A tombstone gets its words again. */
  Object wordsOfTombstone(Object message) {
    Object earlier = note(message);
    boolean deleted = part(message, "text") == null && part(earlier, "text") != null;
    return deleted ? with(message, "text", part(earlier, "text")) : message;
  }

  /** A message is the one that it was, except where its change is told. */
  Object asFirstRead(Object message) {
    Object earlier = note(message);
    boolean isNews = versions.add(part(message, "roomId") + " " + part(message, "version"));
    return isNews || part(earlier, "version").equals(part(message, "version")) ? message : earlier;
  }

  private Object note(Object message) {
    String key = part(message, "roomId") + " " + part(message, "seq");
    Object earlier = first.putIfAbsent(key, message);
    return earlier == null ? message : earlier;
  }

  private static Object part(Object record, String name) {
    for (RecordComponent each : record.getClass().getRecordComponents()) {
      if (each.getName().equals(name)) {
        return value(record, each);
      }
    }
    throw new IllegalArgumentException(record.getClass() + " has no " + name);
  }

  private static Object value(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object with(Object record, String name, Object value) {
    RecordComponent[] parts = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      values[i] = parts[i].getName().equals(name) ? value : value(record, parts[i]);
    }
    try {
      Constructor<?> whole = record.getClass().getDeclaredConstructor(types);
      return whole.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
