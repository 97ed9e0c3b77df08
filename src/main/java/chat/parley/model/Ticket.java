package chat.parley.model;

/** Opens one socket within {@code expiresIn} seconds. */
public record Ticket(String ticket, int expiresIn) {
  @Override
  public String toString() {
    return "Ticket[…]";
  }
}
