package chat.parley.auth;

import chat.parley.model.Device;

/** What a client says of itself, made fit for keeping: it may say anything. */
final class Devices {
  private static final int LONGEST_ADDRESS = 64;
  private static final int LONGEST_AGENT = 256;

  private Devices() {}

  static Device tidy(Device device) {
    return device == null
        ? new Device(null, null)
        : new Device(tidy(device.address(), LONGEST_ADDRESS), tidy(device.agent(), LONGEST_AGENT));
  }

  /** On one line, and cut between characters. */
  private static String tidy(String text, int longest) {
    if (text == null) {
      return null;
    }
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(Letters::printable).limit(longest).forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
