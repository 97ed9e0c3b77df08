package chat.parley.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much one address, account or socket may do: every limit there is, for each node. The numbers
 * are such that people never meet them. One of a rate is a bucket: so much at once, and all of it
 * again evenly within its period. One without a period bounds what exists at the same time.
 */
public enum Limit {
  REQUESTS_BY_ADDRESS(
      "requests", 4_000, Duration.ofSeconds(20), "All requests; many people may share an address."),
  REQUESTS_BY_USER("requests", 1_000, Duration.ofSeconds(20), "All requests."),
  MESSAGES_BY_USER("messages", 300, Duration.ofSeconds(10), "Messages, edits and reactions."),
  LOGINS_BY_ADDRESS(
      "logins",
      50,
      Duration.ofMinutes(5),
      "Sign-ins that failed: one password tried on many accounts."),
  /** Not of the account alone: that would lock its owner out. */
  LOGINS_BY_NAME(
      "logins",
      10,
      Duration.ofMinutes(5),
      "Sign-ins that failed, from one address to one account."),
  CODES_BY_USER("codes", 10, Duration.ofMinutes(15), "Codes of the second factor that were wrong."),
  PASSKEYS_BY_ADDRESS("passkeys", 100, Duration.ofMinutes(5), "Sign-ins by passkey begun."),
  PASSKEYS_BY_USER("passkeys", 20, Duration.ofHours(1), "Passkeys begun to be added."),
  PROVIDER_SIGN_INS_BY_ADDRESS(
      "sign-ins", 100, Duration.ofMinutes(5), "Sign-ins at another provider begun."),
  EXCHANGES_BY_ADDRESS(
      "exchanges",
      100,
      Duration.ofMinutes(5),
      "Sign-ins by an application's word that were refused."),
  REGISTRATIONS_BY_ADDRESS("registrations", 300, Duration.ofHours(1), "New accounts."),
  PASSWORD_RESETS_BY_ADDRESS(
      "password-resets", 30, Duration.ofHours(1), "Letters for a forgotten password asked for."),
  /** The address as it was typed, so that it says nothing about whose it is. */
  PASSWORD_RESETS_BY_EMAIL(
      "password-resets",
      3,
      Duration.ofHours(1),
      "The same, for one e-mail address, whether anybody has it or not."),
  LINKS_BY_ADDRESS("links", 50, Duration.ofMinutes(10), "Links out of letters that were not good."),
  LETTERS_BY_USER(
      "letters", 10, Duration.ofHours(1), "Letters that prove an e-mail address asked for."),
  PASSWORD_CHANGES_BY_USER("password-changes", 10, Duration.ofHours(1), "Changes of a password."),
  SECURITY_BY_USER(
      "security",
      30,
      Duration.ofHours(1),
      "Second factors set up, recovery codes made, identities removed."),
  INVITATIONS_BY_USER(
      "invitations", 30, Duration.ofMinutes(10), "Links into rooms that were not good."),
  KEYS_BY_USER("keys", 30, Duration.ofHours(1), "API keys and keys of applications made."),
  PROFILE_BY_USER("profile", 60, Duration.ofMinutes(10), "Changes of the own profile."),
  REPORTS_BY_USER("reports", 30, Duration.ofHours(1), "Messages reported to administrators."),
  UPLOADS_BY_USER("uploads", 20, Duration.ofMinutes(10), "Pictures uploaded."),
  FILES_BY_USER("files", 300, Duration.ofMinutes(10), "Files sent."),
  FILES_AT_ONCE_BY_USER("files", 8, "Files on their way in."),
  EXPORTS_BY_USER("exports", 3, Duration.ofHours(1), "Downloads of all of the own data."),
  FRAMES_BY_SOCKET("frames", 400, Duration.ofSeconds(4), "What a client sends over a socket."),
  UNANSWERED_BY_SOCKET("unanswered", 256, "Questions over a socket that wait for an answer."),
  NONSENSE_BY_SOCKET("nonsense", 50, "Frames that could not be understood, in a socket's life."),
  ADDRESSES_BY_SOCKET("addresses", 1_000, "Rooms and people that a socket listens to."),
  SOCKET_OPENINGS_BY_ADDRESS(
      "sockets", 1_000, Duration.ofMinutes(1), "Sockets opened, or asked for in vain."),
  SOCKETS_BY_USER("sockets", 20, "Open sockets."),
  SOCKETS_BY_ADDRESS("sockets", 200, "Open sockets."),
  CONNECTIONS_BY_ADDRESS(
      "connections", 500, "Connections, sockets among them; of trusted proxies as many as come.");

  private final String policy;
  private final int most;
  private final Duration period;
  private final String says;

  Limit(String policy, int most, String says) {
    this(policy, most, Duration.ZERO, says);
  }

  Limit(String policy, int most, Duration period, String says) {
    this.policy = policy;
    this.most = most;
    this.period = period;
    this.says = says;
  }

  /** What a client is told that it has spent. */
  public String policy() {
    return policy;
  }

  /** How many at once. */
  public int most() {
    return most;
  }

  /** Within which all of it comes back; zero when this is no rate. */
  public Duration period() {
    return period;
  }

  public boolean isRate() {
    return !period.isZero();
  }

  /** All limits as a table in Markdown; {@code docs/operations.md} holds the same. */
  public static String table() {
    return Arrays.stream(values())
        .map(Limit::line)
        .collect(
            Collectors.joining(
                "",
                "| Limit | Named | Of one | At once | All again in | What |\n|---|---|---|---|---|---|\n",
                ""));
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "| `%s` | `%s` | %s | %,d | %s | %s |\n",
        name(),
        policy,
        of(),
        most,
        again(),
        says);
  }

  private String of() {
    String last = name().substring(name().lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
    return switch (last) {
      case "user" -> "account";
      case "name" -> "address and account";
      case "email" -> "e-mail address";
      default -> last;
    };
  }

  private String again() {
    if (!isRate()) {
      return "";
    }
    return period.toMinutes() == 0
        ? period.toSeconds() + " s"
        : period.toHours() == 0 ? period.toMinutes() + " min" : period.toHours() + " h";
  }
}
