package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Pem;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates are taken, and what is said of the others. */
class CertificateTest {
  @TempDir static Path folder;
  private static Pem ours;
  private static Pem another;
  private static Pem rsa;

  private final Vertx vertx = Vertx.vertx();
  private final Path certificate = folder.resolve("a.crt");
  private final Path key = folder.resolve("a.key");

  @BeforeAll
  static void make() {
    ours = Pem.make(folder, "ours", "EC");
    another = Pem.make(folder, "another", "EC");
    rsa = Pem.make(folder, "rsa", "RSA");
  }

  @AfterEach
  void close() throws TimeoutException {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void pairsAreTakenOfEitherKind() throws IOException {
    for (Pem pem : new Pem[] {ours, rsa}) {
      pem.write(certificate, key);
      check();
    }
  }

  @Test
  void keyOfAnotherCertificateIsRefused() throws IOException {
    ours.write(certificate, key);
    Files.writeString(key, another.key());
    assertSaid("is not that of the certificate in");
    Files.writeString(key, rsa.key());
    assertSaid("of the same kind as the certificate's");
  }

  @Test
  void whatIsNoPemIsRefused() throws IOException {
    ours.write(certificate, key);
    Files.writeString(certificate, ours.key());
    assertSaid("There is no certificate in PEM form in");
    ours.write(certificate, key);
    Files.writeString(key, ours.certificate());
    assertSaid("There is no key without a password");
    Files.writeString(key, "");
    assertSaid("There is no key without a password");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    ours.write(certificate, key);
    Files.delete(key);
    assertSaid("The file " + key + " cannot be read");
  }

  private void check() {
    Certificate read = new Certificate(new HttpDoor.Tls(certificate, key, 0));
    read.check(vertx, read.read());
  }

  private void assertSaid(String words) {
    String said = assertThrows(HttpDoor.Unfit.class, this::check).getMessage();
    assertTrue(said.contains(words), said);
  }
}
