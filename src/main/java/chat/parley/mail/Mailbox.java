package chat.parley.mail;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * One address as a mail server takes it: its domain in ASCII, nothing that ends a line or a list.
 */
record Mailbox(String local, String domain) {
  private static final Pattern ONE =
      Pattern.compile(
          "[^\\s\\p{C}@<>()\\[\\]\\\\,;:\"]{1,64}@[^\\s\\p{C}@<>()\\[\\]\\\\,;:\"]{1,253}");

  static boolean isOne(String address) {
    if (!ONE.matcher(address).matches()) {
      return false;
    }
    try {
      return !of(address).domain.isEmpty();
    } catch (IllegalArgumentException noDomain) {
      return false;
    }
  }

  /** Throws {@link IllegalArgumentException} for what is none. */
  static Mailbox of(String address) {
    if (!ONE.matcher(address).matches()) {
      throw new IllegalArgumentException("not one e-mail address");
    }
    int at = address.indexOf('@');
    return new Mailbox(address.substring(0, at), IDN.toASCII(address.substring(at + 1)));
  }

  @Override
  public String toString() {
    return local + "@" + domain;
  }
}
