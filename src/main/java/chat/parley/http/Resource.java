package chat.parley.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Files inside the jar. Read by the class loader, since Vert.x's file system would look into the
 * working directory first: a folder {@code webroot} there, of whatever project, would be put on the
 * web.
 */
final class Resource {
  private Resource() {}

  static Optional<byte[]> find(String path) {
    try (InputStream in = Resource.class.getClassLoader().getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
