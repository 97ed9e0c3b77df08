package chat.parley.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost, signed by itself, and its key: made anew by the JDK's keytool. */
public final class Pem {
  private static final char[] PASSWORD = "not a secret".toCharArray();

  private final String certificate;
  private final String key;

  private Pem(String certificate, String key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** {@code algorithm} is EC or RSA. */
  public static Pem make(Path folder, String name, String algorithm) {
    return make(folder, name, algorithm, 10);
  }

  /** Valid for so many days from now. */
  public static Pem make(Path folder, String name, String algorithm, int days) {
    Path store = folder.resolve(name + ".p12");
    try {
      Process keytool =
          new ProcessBuilder(command(store, name, algorithm, days))
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      return read(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(Path store, String name, String algorithm, int days) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-validity",
        Integer.toString(days),
        "-storetype",
        "PKCS12",
        "-storepass",
        new String(PASSWORD),
        "-keystore",
        store.toString());
  }

  private static Pem read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new Pem(
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  public String certificate() {
    return certificate;
  }

  public String key() {
    return key;
  }

  /** Puts both in place, each at once, as tools do that renew certificates. */
  public void write(Path certificateFile, Path keyFile) throws IOException {
    put(key, keyFile);
    put(certificate, certificateFile);
  }

  private static void put(String text, Path file) throws IOException {
    Path made = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** For clients that believe these certificates and no other. */
  public static SSLContext believing(Pem... all) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (int i = 0; i < all.length; i++) {
        trusted.setCertificateEntry("server-" + i, all[i].parsed());
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate parsed() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(
            new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
  }
}
