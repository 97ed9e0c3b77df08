package chat.parley.realtime;

/**
 * Why a socket is closed, as its client sees it; {@code docs/api/realtime.md} says whether to come
 * back.
 */
enum CloseCode {
  STOPPING(1001, "the server is stopping"),
  TOO_LARGE(1009, "a frame is larger than 64 KiB"),
  SESSION_OVER(4001, "the session ended"),
  TOKEN_OVER(4002, "the token expired"),
  KICKED(4003, "an administrator closed this connection"),
  TOO_SLOW(4008, "the socket did not drain"),
  SILENT(4009, "no ping for too long"),
  TOO_MANY(4029, "too many sockets, registrations or frames"),
  NONSENSE(4400, "too many frames that could not be understood");

  final short code;
  final String reason;

  CloseCode(int code, String reason) {
    this.code = (short) code;
    this.reason = reason;
  }
}
