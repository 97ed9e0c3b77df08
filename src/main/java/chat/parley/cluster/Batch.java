package chat.parley.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several announcements in one message: each led by its length. */
final class Batch {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Batch add(byte[] announcement) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(announcement.length).array());
    bytes.writeBytes(announcement);
    return this;
  }

  int size() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Throws {@link RuntimeException} for what is none; a length that lies allocates nothing. */
  static List<byte[]> read(byte[] array, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(array, offset, length);
    List<byte[]> announcements = new ArrayList<>();
    while (in.hasRemaining()) {
      int size = in.getInt();
      if (size < 0 || size > in.remaining()) {
        throw new IllegalArgumentException("longer than it is");
      }
      byte[] announcement = new byte[size];
      in.get(announcement);
      announcements.add(announcement);
    }
    return announcements;
  }
}
