package chat.parley.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Files of browser libraries that Maven brings; which version that is, they say themselves. */
final class Webjar {
  private Webjar() {}

  static byte[] read(String library, String file) {
    return Resource.find(
            "META-INF/resources/webjars/" + library + "/" + version(library) + "/" + file)
        .orElseThrow();
  }

  private static String version(String library) {
    Properties properties = new Properties();
    try {
      properties.load(
          new ByteArrayInputStream(
              Resource.find("META-INF/maven/org.webjars/" + library + "/pom.properties")
                  .orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
