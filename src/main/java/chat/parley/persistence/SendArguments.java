package chat.parley.persistence;

import chat.parley.model.Messages;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A batch as the columns that {@link Commit#INSERT} takes, and the fewer that {@link
 * Commit#INSERT_WORDS} does. A column in which nobody has anything is null as a whole: most batches
 * are words alone, and pay for nothing else.
 */
final class SendArguments {
  private SendArguments() {}

  static Tuple words(List<Send> sends) {
    Integer[] order = new Integer[sends.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return Tuple.of(
            order,
            column(sends, send -> send.key.roomId(), UUID[]::new),
            column(sends, send -> send.key.senderId(), UUID[]::new),
            column(sends, send -> send.key.clientId(), UUID[]::new),
            column(sends, SendArguments::words, String[]::new))
        .addValue(column(sends, send -> send.digest, Long[]::new));
  }

  static Tuple of(List<Send> sends) {
    return words(sends)
        .addValue(column(sends, send -> send.context.replyTo(), Long[]::new))
        .addValue(column(sends, send -> send.context.threadOf(), Long[]::new))
        .addValue(origins(sends, Messages.Origin::roomId, UUID[]::new))
        .addValue(origins(sends, Messages.Origin::seq, Long[]::new))
        .addValue(origins(sends, Messages.Origin::senderId, UUID[]::new))
        .addValue(
            origins(
                sends, origin -> origin.sentAt().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
        .addValue(column(sends, SendArguments::carried, String[]::new));
  }

  /** Null for what the word filter refuses. */
  private static String words(Send send) {
    return send.words.refused() == null ? send.text : null;
  }

  /** As PostgreSQL writes an array: arrays of arrays must be rectangles. */
  private static String carried(Send send) {
    return send.context.carries().isEmpty()
        ? null
        : send.context.carries().stream()
            .map(UUID::toString)
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static <T> T[] origins(
      List<Send> sends, Function<Messages.Origin, T> part, IntFunction<T[]> array) {
    return column(
        sends,
        send ->
            send.context.forwarded() == null ? null : part.apply(send.context.forwarded().origin()),
        array);
  }

  private static <T> T[] column(List<Send> sends, Function<Send, T> part, IntFunction<T[]> array) {
    T[] values = null;
    for (int i = 0; i < sends.size(); i++) {
      T value = part.apply(sends.get(i));
      if (value != null) {
        values = values == null ? array.apply(sends.size()) : values;
        values[i] = value;
      }
    }
    return values;
  }
}
