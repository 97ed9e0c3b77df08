package chat.parley;

import chat.parley.persistence.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The one secret from which all keys derive: set, or made once and kept in the data folder where
 * only we can read it.
 */
public final class Secret {
  private static final int LEAST = 32;

  private Secret() {}

  static byte[] of(Config config) {
    String given = config.get(Setting.SECRET);
    return given.isEmpty() ? kept(file(config)) : given.getBytes(StandardCharsets.UTF_8);
  }

  /** Where it is kept unless it is set. */
  public static Path file(Config config) {
    return Path.of(config.get(Setting.DATA)).resolve("secret");
  }

  /** What a server with these settings uses; empty when it would make one. */
  public static Optional<String> known(Config config) {
    String given = config.get(Setting.SECRET);
    try {
      return !given.isEmpty()
          ? Optional.of(given)
          : Files.notExists(file(config))
              ? Optional.empty()
              : Optional.of(Files.readString(file(config)).strip());
    } catch (IOException e) {
      throw new StartFailure("The secret in " + file(config) + " cannot be read.", e);
    }
  }

  /** Keeps this one from now on, in place of any other. */
  public static void keep(Config config, String secret) {
    try {
      Path file = file(config);
      Files.move(
          written(file, secret),
          file,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartFailure("The secret in " + file(config) + " cannot be written.", e);
    }
  }

  private static byte[] kept(Path file) {
    try {
      if (Files.notExists(file)) {
        make(file);
      }
      byte[] secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      if (secret.length < LEAST) {
        throw new StartFailure(
            "The secret in "
                + file
                + " is damaged: it has less than 32 characters. Bring it back, or delete"
                + " it: a new one is made, and access tokens and open forms are asked for anew.");
      }
      return secret;
    } catch (IOException e) {
      throw new StartFailure("The secret in " + file + " cannot be read or made.", e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[LEAST];
    new SecureRandom().nextBytes(random);
    Path fresh = written(file, HexFormat.of().formatHex(random));
    try {
      Files.move(fresh, file);
    } catch (FileAlreadyExistsException another) {
      Files.delete(fresh);
    }
  }

  /** Written beside, to be renamed, so that a crash leaves no half of it. */
  private static Path written(Path file, String secret) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling("secret.new");
    Files.deleteIfExists(fresh);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            fresh,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
    }
    return fresh;
  }
}
