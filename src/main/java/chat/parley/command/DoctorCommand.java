package chat.parley.command;

import chat.parley.Config;
import chat.parley.MediaSettings;
import chat.parley.Secret;
import chat.parley.Setting;
import chat.parley.TlsSettings;
import chat.parley.http.CertificateHealth;
import chat.parley.http.HttpDoor;
import chat.parley.mail.MailServerHealth;
import chat.parley.persistence.StartFailure;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code parley doctor} */
@Command(
    name = "doctor",
    header = "Looks at everything the server needs, and says what to do.",
    description =
        "Java, memory, disk, database, clock, mail and certificate. Changes nothing and sends"
            + " nothing. Ends with 1 when something fails.")
final class DoctorCommand extends ServerCommand {
  private static final Duration SOON = Duration.ofDays(21);

  DoctorCommand(Commands.Around around) {
    super(around);
  }

  @Override
  public Integer call() {
    Config config = config();
    List<Finding> found = new ArrayList<>(MachineChecks.of(Path.of(config.get(Setting.DATA))));
    found.addAll(DatabaseChecks.of(config));
    found.add(secret(config));
    found.add(files(config));
    found.add(backups(config));
    found.add(mail(config.get(Setting.SMTP_URL)));
    found.addAll(tls(config));
    found.forEach(this::print);
    return found.stream().anyMatch(each -> each.level() == Finding.Level.FAIL) ? 1 : 0;
  }

  private void print(Finding finding) {
    out()
        .printf(
            "%-5s %-12s %s%n",
            finding.level().name().toLowerCase(Locale.ROOT), finding.subject(), finding.says());
    if (!finding.advice().isEmpty()) {
      out().printf("%-18s → %s%n", "", finding.advice());
    }
  }

  private static Finding secret(Config config) {
    try {
      return Finding.ok(
          "secret",
          Secret.known(config).isEmpty()
              ? "is made by the first start"
              : config.get(Setting.SECRET).isEmpty()
                  ? Secret.file(config) + "; back it up"
                  : "is set");
    } catch (StartFailure unreadable) {
      return Finding.fail("secret", unreadable.getMessage(), "Run this as the server's user.");
    }
  }

  private static Finding files(Config config) {
    return config.get(Setting.MEDIA_STORE).equals("disk")
        ? Finding.ok("files", "are kept in the data folder")
        : Finding.ok("files", "are kept in " + MediaSettings.of(config).store());
  }

  private Finding backups(Config config) {
    String folder = config.get(Setting.BACKUP_DIR);
    String advice = "See the server's log, or export by hand; is --backup-dir right?";
    if (folder.isEmpty()) {
      return Finding.warn(
          "backups",
          "the server makes none by itself",
          "Set --backup-dir, unless you export in another way.");
    }
    try {
      Instant newest = new BackupFolder(Path.of(folder)).newest().orElse(null);
      Duration twice = Duration.ofHours(2L * config.number(Setting.BACKUP_HOURS));
      if (newest == null) {
        return Finding.warn("backups", "there is none yet in " + folder, advice);
      }
      String says = "the newest is of " + newest;
      return newest.plus(twice).isAfter(around().clock().instant())
          ? Finding.ok("backups", says)
          : Finding.fail("backups", says, advice);
    } catch (IOException e) {
      return Finding.fail("backups", folder + " cannot be read", advice);
    }
  }

  private static Finding mail(String url) {
    if (url.isEmpty()) {
      return Finding.warn(
          "mail",
          "no mail server is set: letters are laid in the data folder's outbox",
          "Set --smtp-url, so that people who forget their password get a link.");
    }
    try {
      return Finding.ok("mail", MailServerHealth.look(url));
    } catch (IOException | RuntimeException e) {
      return Finding.fail(
          "mail",
          Setting.SMTP_URL.shown(url) + ": " + e.getMessage(),
          "See --smtp-url, the server's certificate, and whether a firewall is between.");
    }
  }

  private List<Finding> tls(Config config) {
    HttpDoor.Tls files = TlsSettings.of(config);
    String url = config.get(Setting.PUBLIC_URL);
    if (files == null) {
      return List.of(
          url.startsWith("https:")
              ? Finding.ok("tls", "is up to the proxy that answers at " + url)
              : Finding.warn(
                  "tls",
                  "people reach the server by plain http",
                  "Set --tls-cert and --tls-key, or --public-url https://… behind a proxy."));
    }
    Vertx vertx = vertx();
    try {
      return certificate(CertificateHealth.of(vertx, files), url);
    } catch (HttpDoor.Unfit unfit) {
      return List.of(
          Finding.fail(
              "tls", unfit.getMessage(), "See --tls-cert and --tls-key; both in PEM form."));
    } finally {
      close(vertx);
    }
  }

  private List<Finding> certificate(CertificateHealth certificate, String url) {
    List<Finding> found = new ArrayList<>();
    Instant now = around().clock().instant();
    String until = "the certificate is valid until " + certificate.until();
    if (now.isBefore(certificate.from()) || now.isAfter(certificate.until())) {
      found.add(
          Finding.fail("tls", "the certificate is not valid today; " + until, "Renew it now."));
    } else if (now.plus(SOON).isAfter(certificate.until())) {
      found.add(Finding.warn("tls", until, "Renew it; it is read anew without a restart."));
    } else {
      found.add(Finding.ok("tls", until));
    }
    String host = url.isEmpty() ? "" : URI.create(url).getHost();
    if (!host.isEmpty() && !certificate.isFor(host)) {
      found.add(
          Finding.fail(
              "tls name",
              "the certificate is for " + certificate.names() + ", not for " + host,
              "Get one for the host of --public-url."));
    }
    return found;
  }
}
