package chat.parley.persistence;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the database is and how to be let in. {@code tls.rootCertificate} may be empty: then the
 * certificates that the Java runtime trusts are the ones trusted here. Printing an address never
 * prints its password.
 */
public record DatabaseAddress(
    String host, int port, String database, String user, String password, DatabaseTls tls) {
  public DatabaseAddress {
    Objects.requireNonNull(host);
    Objects.requireNonNull(database);
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    Objects.requireNonNull(tls);
  }

  /**
   * Reads {@code postgresql://user:password@host:port/database?sslmode=…&sslrootcert=…}, with or
   * without {@code jdbc:} in front. A user or password given beside the address wins over one in
   * it; null or blank means not given.
   *
   * @throws StartFailure naming the setting that cannot be understood
   */
  public static DatabaseAddress parse(String url, String user, String password) {
    return new DatabaseUrl(url).address(user, password);
  }

  /** For JDBC; holds neither user nor password, as such addresses end up in messages. */
  public String jdbcUrl() {
    return "jdbc:postgresql://"
        + bracketed(host)
        + ":"
        + port
        + "/"
        + encoded(database)
        + "?ApplicationName=parley"
        + tls.jdbcParameters();
  }

  /**
   * For the pool that serves requests. Every statement gives up after 5 s, and a lock after 4 s so
   * that the error says which it was; a commit that was reported is on disk whatever the server's
   * default is.
   */
  public PgConnectOptions toConnectOptions() {
    return new PgConnectOptions()
        .setHost(host)
        .setPort(port)
        .setDatabase(database)
        .setUser(user)
        .setPassword(password)
        .setSslMode(tls.mode())
        .setSslOptions(tls.options())
        .setCachePreparedStatements(true)
        // The longest statements are the dearest to plan; by default they would be, at each use.
        .setPreparedStatementCacheSqlFilter(any -> true)
        .setPipeliningLimit(256)
        .addProperty("application_name", "parley")
        .addProperty("statement_timeout", "5000")
        .addProperty("lock_timeout", "4000")
        .addProperty("synchronous_commit", "on");
  }

  /**
   * For the few blocking errands at start: checks and migrations. Opens a connection each time it
   * is asked.
   */
  PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(user);
    source.setPassword(password);
    source.setConnectTimeout(10);
    return source;
  }

  /** A server of our own on the loopback address, where there is nobody to encrypt against. */
  static DatabaseAddress local(int port, String database, String user, String password) {
    return new DatabaseAddress(
        "127.0.0.1", port, database, user, password, new DatabaseTls(SslMode.DISABLE, ""));
  }

  @Override
  public String toString() {
    return "postgresql://" + user + "@" + bracketed(host) + ":" + port + "/" + database;
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
