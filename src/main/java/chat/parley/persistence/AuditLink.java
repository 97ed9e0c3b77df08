package chat.parley.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * One link of the audit log's chain: SHA-256 of the link before it and of the row, whose columns
 * stand one after the other in the order of {@link #COLUMNS}, each as its length in bytes, a colon,
 * its text in UTF-8 and a comma, or as {@code -,} for null. Anybody can compute it with the row at
 * hand, without this server.
 */
final class AuditLink {
  /** Before the first row of all. */
  static final byte[] BEGINNING = new byte[32];

  /** As text, whatever the time zone or the style of a connection. */
  static final String COLUMNS =
      """
      id::text as id, ((extract(epoch from at) * 1000000)::bigint)::text as micros, actor_id::text as actor_id,
      request_id, address, table_name, action, act, row_id::text as row_id, before::text as before, after::text as after
      """;

  /** How the columns are called, in their order. */
  static final List<String> NAMES =
      List.of(
          "id",
          "micros",
          "actor_id",
          "request_id",
          "address",
          "table_name",
          "action",
          "act",
          "row_id",
          "before",
          "after");

  private AuditLink() {}

  /** {@code columns} as they are named, null where the row has none. */
  static byte[] after(byte[] previous, List<String> columns) {
    MessageDigest digest = sha256();
    digest.update(previous);
    for (String column : columns) {
      if (column == null) {
        digest.update((byte) '-');
      } else {
        byte[] text = column.getBytes(UTF_8);
        digest.update((text.length + ":").getBytes(UTF_8));
        digest.update(text);
      }
      digest.update((byte) ',');
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
