package chat.parley.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One keep-alive connection: what it asked, and how much of the answer is still to come. */
final class HttpConnection {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  final SocketChannel channel;
  HttpCrowd.Ask ask;
  long intendedNanos;
  int status;
  private final StringBuilder head = new StringBuilder();
  private int missing = -1;

  HttpConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Takes what was read; true when the answer is complete. */
  boolean take(ByteBuffer bytes) throws IOException {
    while (missing < 0 && bytes.hasRemaining()) {
      head.append((char) (bytes.get() & 0xff));
      if (ended()) {
        missing = length();
        head.setLength(0);
      }
    }
    if (missing >= 0) {
      missing -= bytes.remaining();
    }
    if (missing == 0) {
      missing = -1;
      return true;
    }
    return false;
  }

  private boolean ended() {
    int n = head.length();
    return n > 3 && head.charAt(n - 1) == '\n' && head.charAt(n - 3) == '\n';
  }

  private int length() throws IOException {
    status = Integer.parseInt(head.substring(9, 12));
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      return Integer.parseInt(length.group(1));
    }
    if (status == 204) {
      return 0;
    }
    throw new IOException("An answer without a length: " + head);
  }
}
