package chat.parley.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.NamedParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who belongs to the cluster: whoever holds the key pair that derives from the shared secret. Each
 * node makes the same self-signed certificate of it, shows it and accepts no other, in both
 * directions (TLS 1.3 with client certificates).
 */
final class Identity {
  private static final String PROTOCOL = "TLSv1.3";

  /** The key stores are never written down; they only have to have one. */
  private static final String PASSWORD = "in memory";

  private static final byte[] ED25519 = der(0x30, der(0x06, new byte[] {0x2b, 0x65, 0x70}));
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

  private final KeyStore own;
  private final KeyStore trusted;

  /**
   * @param seed 32 bytes, the same on all nodes and known to nobody else
   */
  Identity(byte[] seed) {
    try {
      KeyPair keys = keysOf(seed);
      Certificate certificate = selfSigned(keys);
      own = KeyStore.getInstance("PKCS12");
      trusted = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      trusted.load(null, null);
      own.setKeyEntry(
          "node", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
      trusted.setCertificateEntry("node", certificate);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("Java 17 has Ed25519 and PKCS12", impossible);
    }
  }

  /** An Ed25519 private key is 32 random bytes (RFC 8032): given these, the pair is always same. */
  private static KeyPair keysOf(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
    return generator.generateKeyPair();
  }

  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }

  /** The least that X.509 asks for (RFC 5280, 4.1): Java writes no certificates by itself. */
  private static Certificate selfSigned(KeyPair keys) throws GeneralSecurityException {
    byte[] text = der(0x0c, "parley cluster".getBytes(StandardCharsets.US_ASCII));
    byte[] name = der(0x30, der(0x31, der(0x30, der(0x06, COMMON_NAME), text)));
    byte[] from = der(0x17, "200101000000Z".getBytes(StandardCharsets.US_ASCII));
    byte[] until = der(0x18, "99991231235959Z".getBytes(StandardCharsets.US_ASCII));
    byte[] publicKey = keys.getPublic().getEncoded();
    byte[] serial = der(0x02, new byte[] {1});
    byte[] body = der(0x30, serial, ED25519, name, der(0x30, from, until), name, publicKey);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(body);
    byte[] signed = der(0x30, body, ED25519, der(0x03, new byte[] {0}, signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }

  /** One value of DER: tag, length, content; less than 64 KiB. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (length >= 256) {
      value.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
    } else if (length >= 128) {
      value.write(0x81);
    }
    value.write(length);
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  /** For the sockets of both channels. */
  SSLContext context() {
    try {
      KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
      shown.init(own, PASSWORD.toCharArray());
      TrustManagerFactory accepted = TrustManagerFactory.getInstance("PKIX");
      accepted.init(trusted);
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(shown.getKeyManagers(), accepted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has TLS", impossible);
    }
  }
}
