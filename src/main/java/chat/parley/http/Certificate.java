package chat.parley.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two PEM files by which this server proves its name: a chain of certificates, its own first,
 * and the key that belongs to it. They are read together and proved to belong together before
 * anybody is shown them. Blocks.
 */
final class Certificate {
  private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
  private static final long MOST_BYTES = 1 << 20;
  private static final byte[] PROBE = {1, 2, 3};

  private final HttpDoor.Tls files;

  Certificate(HttpDoor.Tls files) {
    this.files = files;
  }

  /** What stands in the files now; throws {@link HttpDoor.Unfit} when they cannot be read. */
  PemKeyCertOptions read() {
    return new PemKeyCertOptions()
        .addCertValue(bytes(files.certificate()))
        .addKeyValue(bytes(files.key()));
  }

  /** Throws {@link HttpDoor.Unfit}, with words for the operator, unless clients could accept it. */
  PemKeyCertOptions check(Vertx vertx, PemKeyCertOptions read) {
    X509Certificate own = own(read);
    if (!isPair(own.getPublicKey(), key(vertx, read, own.getPublicKey().getAlgorithm()))) {
      throw new HttpDoor.Unfit(
          "The key in "
              + files.key()
              + " is not that of the certificate in "
              + files.certificate());
    }
    try {
      own.checkValidity();
    } catch (CertificateException e) {
      LOG.warn("The certificate in {} is not valid today: {}", files.certificate(), e.getMessage());
    }
    return read;
  }

  X509Certificate own(PemKeyCertOptions read) {
    return certificate(read.getCertValue());
  }

  private X509Certificate certificate(Buffer pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes()));
    } catch (CertificateException e) {
      throw new HttpDoor.Unfit("There is no certificate in PEM form in " + files.certificate(), e);
    }
  }

  /** Read by Vert.x, which knows the forms that keys come in. */
  private PrivateKey key(Vertx vertx, PemKeyCertOptions read, String algorithm) {
    try {
      X509KeyManager keys =
          Stream.of(read.getKeyManagerFactory(vertx).getKeyManagers())
              .map(X509KeyManager.class::cast)
              .findFirst()
              .orElseThrow();
      String[] aliases = keys.getServerAliases(algorithm, null);
      return aliases == null ? null : keys.getPrivateKey(aliases[0]);
    } catch (Exception e) {
      throw new HttpDoor.Unfit(
          "There is no key without a password, in PEM form, of the same kind as the certificate's, in "
              + files.key(),
          e);
    }
  }

  private static boolean isPair(PublicKey open, PrivateKey secret) {
    try {
      String name =
          switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> open.getAlgorithm();
          };
      Signature signature = Signature.getInstance(name);
      signature.initSign(secret);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException notEvenAlike) {
      return false;
    }
  }

  private static Buffer bytes(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new HttpDoor.Unfit("The file " + file + " is too large for a certificate or a key");
      }
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new HttpDoor.Unfit("The file " + file + " cannot be read", e);
    }
  }
}
