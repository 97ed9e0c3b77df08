package chat.parley.realtime;

import java.util.UUID;

/**
 * Told what happens on one socket, for whoever keeps a log of it; called on the socket's event
 * loop, so it must be quick.
 */
public interface SocketWatch {
  /** Nobody watches. */
  SocketWatch NONE =
      new SocketWatch() {
        @Override
        public void sent(Sent sent) {}

        @Override
        public void closed(int code, boolean byPeer) {}
      };

  /**
   * Something the client sent to a room, and what came of it.
   *
   * @param requestId as the writing transaction knows it
   * @param roomId null when it named none
   * @param what message, read or typing; null when it was none of them
   * @param nanos how long the answer took
   * @param status as HTTP would say it
   */
  record Sent(UUID requestId, UUID roomId, String what, long nanos, int status) {}

  void sent(Sent sent);

  /** {@code code} is 0 when the peer gave none. */
  void closed(int code, boolean byPeer);
}
