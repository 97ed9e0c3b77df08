package chat.parley.mail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays letters in a folder that only the operator can read, as files that any mail program opens.
 * The log says which; what is in them opens accounts and is not for logs.
 */
final class FolderPostman implements Postman {
  private static final Logger LOG = LoggerFactory.getLogger(FolderPostman.class);

  private final Vertx vertx;
  private final Path folder;
  private final String host;

  FolderPostman(Vertx vertx, Path folder, String host) {
    this.vertx = vertx;
    this.folder = folder;
    this.host = host;
  }

  @Override
  public Future<Void> take(MailMessage letter, String name) {
    return vertx.executeBlocking(
        () -> {
          Path file = folder.resolve(name + ".eml");
          lay(file, new MailEncoder(letter, host, "parley").encode());
          LOG.info("No mail server is set: a letter was laid in {}", file);
          return null;
        });
  }

  /** Written beside and renamed, so that nobody finds half a letter. */
  private void lay(Path file, String letter) throws IOException {
    Files.createDirectories(folder, mode("rwx------"));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            fresh,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
            mode("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(letter.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
