package chat.parley.model;

/** A proof of who is speaking, as it came in; never logged. */
public sealed interface Credential {
  /** {@code Authorization: Bearer …} or {@code ?token=…}. */
  record Bearer(String token) implements Credential {
    @Override
    public String toString() {
      return "Bearer[…]";
    }
  }

  /** The site's cookie. */
  record Cookie(String value) implements Credential {
    @Override
    public String toString() {
      return "Cookie[…]";
    }
  }

  /** A one-use ticket for a socket. */
  record Ticket(String value) implements Credential {
    @Override
    public String toString() {
      return "Ticket[…]";
    }
  }
}
