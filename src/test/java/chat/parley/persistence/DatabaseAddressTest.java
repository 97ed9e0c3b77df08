package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @Test
  void everyPartIsRead() {
    DatabaseAddress address =
        DatabaseAddress.parse(
            "postgresql://ann:p%40ss+w%2F:x@db.example:6432/ch%C3%A4t?sslmode=require", null, null);
    assertEquals(
        new DatabaseAddress(
            "db.example", 6432, "chät", "ann", "p@ss+w/:x", new DatabaseTls(SslMode.REQUIRE, "")),
        address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db/chat",
        "postgres://db/chat",
        "jdbc:postgresql://db/chat",
        " postgresql://db:5432/chat?sslmode=prefer "
      })
  void whatIsNotSaidHasItsUsualValue(String url) {
    assertEquals(
        new DatabaseAddress("db", 5432, "chat", "ann", "", new DatabaseTls(SslMode.PREFER, "")),
        DatabaseAddress.parse(url, "ann", ""));
  }

  @Test
  void settingsOfTheirOwnWinOverTheAddress() {
    DatabaseAddress address =
        DatabaseAddress.parse("postgresql://ann:one@db/chat?user=eve&password=three", "bob", "two");
    assertEquals("bob two", address.user() + " " + address.password());
  }

  @Test
  void version6HostsKeepTheirBracketsOnlyInAddresses() {
    DatabaseAddress address = DatabaseAddress.parse("postgresql://[::1]:5433/chat", "ann", "x");
    assertEquals("::1", address.host());
    assertEquals("::1", address.toConnectOptions().getHost());
    assertTrue(
        address.jdbcUrl().startsWith("jdbc:postgresql://[::1]:5433/chat?"), address.jdbcUrl());
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://db/chat, does not begin with postgresql://",
    "'', does not begin with",
    "postgresql:///chat, names no host",
    "postgresql://db, names no database",
    "postgresql://db/, names no database",
    "postgresql://db:70000/chat, port",
    "postgresql://db/chat?sslmode=allow, sslmode=allow",
    "postgresql://db/chat?ssl=true, parameter 'ssl'",
    "postgresql://db/chat?sslmode=verify-ca&sslrootcert=/no/such.pem, sslrootcert=/no/such.pem",
    "postgresql://a:se cret@db/chat, cannot be read",
    "postgresql://a:se%zzcret@db/chat, cannot be read",
  })
  void whatCannotBeUnderstoodIsSaidWithoutThePassword(String url, String because) {
    String said =
        assertThrows(StartFailure.class, () -> DatabaseAddress.parse(url, "ann", "hunter2"))
            .getMessage();
    assertTrue(said.contains("--database-url") && said.contains(because), said);
    assertFalse(said.contains("cret@") || said.contains("hunter2"), said);
  }

  @Test
  void missingUserIsAskedFor() {
    StartFailure failure =
        assertThrows(
            StartFailure.class, () -> DatabaseAddress.parse("postgresql://db/chat", " ", null));
    String said = failure.getMessage();
    assertTrue(said.contains("--database-user"), said);
  }

  @Test
  void passwordIsNeverPrinted() {
    DatabaseAddress address = DatabaseAddress.parse("postgresql://ann:hunter2@db/chat", null, null);
    assertEquals("postgresql://ann@db:5432/chat", address.toString());
    assertFalse(address.jdbcUrl().contains("hunter2"));
  }

  @Test
  void verifyingModesCheckTheCertificateAndTheFullOneTheName() {
    PgConnectOptions ca = options("verify-ca");
    PgConnectOptions full = options("verify-full");
    PgConnectOptions require = options("require");
    assertTrue(require.getSslOptions().isTrustAll());
    assertFalse(ca.getSslOptions().isTrustAll() || full.getSslOptions().isTrustAll());
    assertTrue(
        ca.getSslOptions().getTrustOptions() != null
            && full.getSslOptions().getTrustOptions() != null);
    assertEquals("HTTPS", full.getSslOptions().getHostnameVerificationAlgorithm());
    String jdbc =
        DatabaseAddress.parse("postgresql://db/chat?sslmode=verify-full", "a", "b").jdbcUrl();
    assertTrue(jdbc.contains("DefaultJavaSSLFactory"), jdbc);
  }

  private static PgConnectOptions options(String mode) {
    return DatabaseAddress.parse("postgresql://db/chat?sslmode=" + mode, "ann", "x")
        .toConnectOptions();
  }
}
