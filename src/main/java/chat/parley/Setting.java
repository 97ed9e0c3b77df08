package chat.parley;

import chat.parley.cluster.NodeAddress;
import chat.parley.http.HttpDoor;
import chat.parley.mail.MailVerticle;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Every setting, once: its name, its default, one sentence, and what a value must be. The flag is
 * {@code --name}, the environment variable {@code PARLEY_NAME}, the line in the properties file
 * {@code name=}.
 */
public enum Setting {
  HOST("127.0.0.1", "The address to listen on; 0.0.0.0 for all.", anything()),
  PORT("8080", "The port to listen on; 0 for a free one.", number(0, 65_535)),
  DATA("parley-data", "The folder for everything that is kept.", anything()),
  DATABASE_URL(
      "",
      "A PostgreSQL of your own, postgresql://host:5432/database?sslmode=verify-full; without it Parley runs one in the data folder.",
      anything()),
  DATABASE_USER("", "Its user, when the URL does not say.", anything()),
  DATABASE_PASSWORD(
      "", "Its password; better in the environment than on the command line.", anything()),
  ALLOW_FSYNC_OFF(
      "off",
      "Accept a PostgreSQL of your own that may lose what it confirmed.",
      oneOf("on", "off")),
  PUBLIC_URL(
      "",
      "How browsers reach this server, as https://chat.example; needed behind a proxy, and https makes the cookie secure.",
      optional(Setting::isOrigin, "is not like https://chat.example")),
  BASE_PATH(
      "",
      "The path of the public URL below which a proxy shows this server, as /chat; the proxy takes it away from what it passes on.",
      optional(Setting::isPath, "is not like /chat")),
  SMTP_URL(
      "",
      "The server that takes letters, smtp://user:password@mail.example:587 or smtps://…:465; better in the environment than on the command line. Encrypted unless it ends in ?starttls=optional or disabled. Without it letters are laid in the data folder's outbox.",
      optional(
          MailVerticle::isServer,
          "is not like smtp://user:password@mail.example:587?starttls=required")),
  MAIL_FROM(
      "",
      "Who letters come from; without it parley@ and the host of the public URL.",
      optional(MailVerticle::isAddress, "is not one e-mail address")),
  TLS_CERT(
      "",
      "A PEM file with this server's certificate and its chain, for https without a proxy; read anew when it changes.",
      anything()),
  TLS_KEY("", "A PEM file with its key, without a password.", anything()),
  HTTP_REDIRECT_PORT(
      "0", "With https, a plain port that sends to the public URL; 0 for none.", number(0, 65_535)),
  CORS_ORIGINS(
      "",
      "Origins whose pages may use the API with tokens, separated by commas.",
      each(Setting::isOrigin, "is not a list of origins like https://shop.example")),
  TRUSTED_PROXIES(
      "",
      "Addresses and networks whose X-Forwarded-For is believed, separated by commas.",
      each(HttpDoor::isNetwork, "is not a list of addresses or networks like 10.0.0.0/8")),
  REGISTRATION(
      "",
      "Who may make an account: open for everyone, invite for whoever was sent a link, closed for nobody after the first. Without it administrators say so while the server runs, and it is open until they do.",
      value -> value.isEmpty() ? null : oneOf("open", "invite", "closed").apply(value)),
  ADMIN_INVITE(
      "off",
      "Print, while there is no administrator, a link by which one makes their account, and let nobody become it by being the first.",
      oneOf("on", "off")),
  SECOND_FACTOR(
      "on",
      "Whether people may protect their password by codes of an app; who has done so is asked for one in any case.",
      oneOf("on", "off")),
  PASSKEYS(
      "on",
      "Whether people may sign in by passkey; that needs a public URL of https, or localhost.",
      oneOf("on", "off")),
  OIDC_ISSUER(
      "",
      "A provider of OpenID Connect by which people may sign in, as https://login.example; needs --oidc-client-id.",
      optional(Setting::isUrl, "is not like https://login.example")),
  OIDC_CLIENT_ID("", "How the provider knows this server.", anything()),
  OIDC_CLIENT_SECRET(
      "",
      "The secret shared with the provider, if it gave one; better in the environment than on the command line.",
      anything()),
  OIDC_NAME(
      "single sign-on",
      "What the provider is called on the button of the sign-in page.",
      anything()),
  OIDC_SCOPES(
      "openid profile email",
      "What the provider is asked to tell, separated by blanks.",
      value -> List.of(value.split(" ")).contains("openid") ? null : "must hold openid"),
  API_DOCS(
      "on",
      "Whether browsers find the API at /docs and /redoc, and programs its contract at /openapi.yaml and /asyncapi.yaml.",
      oneOf("on", "off")),
  DEBUG(
      "off",
      "Show browsers that open a path of the API a page to try it on, in place of bare JSON; for whoever builds on it, needs --api-docs.",
      oneOf("on", "off")),
  LINK_PREVIEWS(
      "off",
      "Whether the server asks for the page that the first link of a message leads to, and shows its title and picture; it asks public addresses only.",
      oneOf("on", "off")),
  RETENTION_DAYS(
      "0",
      "After how many days messages are deleted, in rooms for which an administrator has set nothing else; 0 for never.",
      number(0, 36_500)),
  LIMITS(
      "on",
      "Limits on requests, sign-ins and messages; off is for benchmarks.",
      oneOf("on", "off")),
  SEARCH(
      "on",
      "Whether people may search among messages; off keeps no index of them.",
      oneOf("on", "off")),
  UPLOAD_LIMIT("25", "The largest file that people may send, in MiB.", number(1, 4_096)),
  MEDIA_QUOTA(
      "1024",
      "How many MiB all files of one person may have; 0 for as many as they like.",
      number(0, 100_000_000)),
  MEDIA_STORE(
      "disk",
      "Where files are kept: disk for the data folder, s3 for a store that speaks S3.",
      oneOf("disk", "s3")),
  MEDIA_ACCEL(
      "",
      "Where a server before this one finds the folder of files, as /files/: it is told by X-Accel-Redirect to send them.",
      optional(value -> value.matches("/([A-Za-z0-9._-]+/)*"), "is not like /files/")),
  S3_URL(
      "",
      "The store of files, as https://s3.example; at a private address --private-addresses has to allow it.",
      optional(Setting::isUrl, "is not like https://s3.example")),
  S3_REGION("us-east-1", "Its region.", anything()),
  S3_BUCKET(
      "",
      "The bucket for files, which must be there.",
      optional(value -> value.matches("[A-Za-z0-9._-]{1,255}"), "is no name of a bucket")),
  S3_KEY("", "The access key for it.", anything()),
  S3_SECRET(
      "",
      "The secret of that key; better in the environment than on the command line.",
      anything()),
  PRIVATE_ADDRESSES(
      "",
      "Which servers may be at addresses of this machine or its network, with commas: oidc for the provider of sign-in, s3 for the store of files.",
      each(value -> List.of("oidc", "s3").contains(value), "must name oidc or s3")),
  BACKUP_DIR(
      "",
      "A folder for exports that the server makes by itself, best on another disk; without it none. With several nodes, set it on one.",
      anything()),
  BACKUP_HOURS("24", "How many hours lie between two of them.", number(1, 8_760)),
  BACKUP_KEEP("7", "How many of them are kept.", number(1, 1_000)),
  SECRET(
      "",
      "At least 32 characters from which all keys derive, the same on all nodes; without it one is kept in the data folder.",
      optional(value -> value.length() >= 32, "has less than 32 characters")),
  METRICS_TOKEN(
      "",
      "At least 16 characters that open /metrics as a bearer token; without it only programs on this machine may read it.",
      optional(value -> value.length() >= 16, "has less than 16 characters")),
  REQUEST_LOG(
      "on",
      "Whether the data folder's logs hold a line for each request and each thing sent by a socket.",
      oneOf("on", "off")),
  REQUEST_LOG_SIZE(
      "200", "How many MiB these lines may take; the oldest go.", number(10, 1_000_000)),
  LOG_FORMAT(
      "text",
      "What is logged to standard output: text for people, or json.",
      oneOf("text", "json")),
  CLUSTER(
      "",
      "The cluster addresses of all nodes, this one among them, host:port separated by commas; without it the server stands alone.",
      each(NodeAddress::isOne, "is not a list of addresses like 10.0.0.1:7800,10.0.0.2:7800")),
  CLUSTER_BIND(
      "",
      "Which of the cluster addresses is this node's; without it the one of this machine. The port 100 above it is used as well.",
      optional(NodeAddress::isOne, "is not an address like 10.0.0.1:7800")),
  EVENT_LOOPS("0", "How many event loops serve requests; 0 for one a processor.", number(0, 256)),
  CONFIG(
      "",
      "A properties file with settings; without it parley.properties, if there is one.",
      anything());

  private static final String HIDDEN = "********";

  private final String standard;
  private final String says;
  private final Function<String, String> check;

  /** {@code check} names what is wrong with a value, or gives null. */
  Setting(String standard, String says, Function<String, String> check) {
    this.standard = standard;
    this.says = says;
    this.check = check;
  }

  /** As in a flag: {@code database-url}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String flag() {
    return "--" + key();
  }

  public String variable() {
    return "PARLEY_" + name();
  }

  /** The value when nobody says; may be empty. */
  public String standard() {
    return standard;
  }

  public String says() {
    return says;
  }

  /** Whether it may be given without a value, which is then "on". */
  public boolean isSwitch() {
    return standard.equals("off");
  }

  /** The value as anybody may see it: without what opens something. */
  public String shown(String value) {
    if (value.isEmpty()) {
      return value;
    }
    return switch (this) {
      case DATABASE_PASSWORD, OIDC_CLIENT_SECRET, S3_SECRET, SECRET, METRICS_TOKEN -> HIDDEN;
      case DATABASE_URL, SMTP_URL -> withoutPassword(value);
      default -> value;
    };
  }

  /** {@code user:password@} in front of the host, or {@code password=} behind it. */
  private static String withoutPassword(String url) {
    return url.replaceFirst("^((?:jdbc:)?[a-z]+://[^/@:]*):.*@", "$1:" + HIDDEN + "@")
        .replaceAll("(?i)([?&]password=)[^&]*", "$1" + HIDDEN);
  }

  /** What is wrong with a value, to follow the setting's name; null when nothing is. */
  String objection(String value) {
    return check.apply(value);
  }

  private static Function<String, String> anything() {
    return value -> null;
  }

  private static Function<String, String> oneOf(String... words) {
    return value ->
        Arrays.asList(words).contains(value)
            ? null
            : "must be " + String.join(" or ", words) + ", not '" + value + "'";
  }

  private static Function<String, String> number(int least, int most) {
    return value ->
        value.matches("[0-9]{1,9}")
                && Integer.parseInt(value) >= least
                && Integer.parseInt(value) <= most
            ? null
            : "must be a number from " + least + " to " + most + ", not '" + value + "'";
  }

  private static Function<String, String> optional(Predicate<String> right, String objection) {
    return value -> value.isEmpty() || right.test(value) ? null : objection;
  }

  private static Function<String, String> each(Predicate<String> right, String objection) {
    return value ->
        Config.list(value).stream().allMatch(right) ? null : objection + ": '" + value + "'";
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = URI.create(value);
      return uri.getHost() != null
          && uri.getScheme() != null
          && uri.getScheme().matches("https?")
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }

  private static boolean isPath(String value) {
    return value.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
  }

  private static boolean isOrigin(String value) {
    try {
      URI uri = URI.create(value);
      return uri.getHost() != null
          && uri.getScheme() != null
          && uri.getScheme().matches("https?")
          && value.equals(uri.getScheme() + "://" + uri.getAuthority())
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }
}
