package chat.parley.persistence;

import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Takes the words of {@code --database-url} apart, and says in words what is wrong with them. */
final class DatabaseUrl {
  private static final String EXAMPLE =
      "it looks like postgresql://user:password@host:5432/database";
  private static final Set<String> PARAMETERS =
      Set.of("sslmode", "sslrootcert", "user", "password");

  private final URI uri;
  private final Map<String, String> parameters = new HashMap<>();

  DatabaseUrl(String url) {
    uri = uri(url == null ? "" : url.strip().replaceFirst("^jdbc:", ""));
    if (uri.getRawQuery() != null) {
      for (String parameter : uri.getRawQuery().split("&")) {
        add(parameter);
      }
    }
  }

  DatabaseAddress address(String user, String password) {
    return new DatabaseAddress(host(), port(), database(), user(user), password(password), tls());
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      // The cause would repeat the address, and with it the password.
      throw wrong("cannot be read (special characters in a name or password are written like %40)");
    }
    if (!Set.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))) {
      throw wrong("does not begin with postgresql://");
    }
    return uri;
  }

  private void add(String parameter) {
    int equals = parameter.indexOf('=');
    String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    if (equals < 0 || !PARAMETERS.contains(name)) {
      throw wrong(
          "has the parameter '"
              + name
              + "', but only sslmode, sslrootcert, user and password are understood");
    }
    parameters.put(name, decoded(parameter.substring(equals + 1)));
  }

  private String host() {
    if (uri.getHost() == null) {
      throw wrong("names no host");
    }
    return uri.getHost().replaceAll("^\\[|]$", "");
  }

  private int port() {
    int port = uri.getPort() == -1 ? 5432 : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw wrong("has a port that is not between 1 and 65535");
    }
    return port;
  }

  private String database() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
    if (path.isEmpty() || path.contains("/")) {
      throw wrong("names no database");
    }
    return decoded(path);
  }

  private String user(String given) {
    String user = first(given, userInfo(0), parameters.get("user"));
    if (user == null) {
      throw new StartFailure(
          "No database user: set --database-user, or put it into --database-url.");
    }
    return user;
  }

  private String password(String given) {
    String password = first(given, userInfo(1), parameters.get("password"));
    return password == null ? "" : password;
  }

  private String userInfo(int part) {
    String[] parts =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    return part < parts.length ? decoded(parts[part]) : null;
  }

  private DatabaseTls tls() {
    String word = parameters.getOrDefault("sslmode", "prefer");
    if (!Set.of("disable", "prefer", "require", "verify-ca", "verify-full").contains(word)) {
      throw wrong(
          "has sslmode="
              + word
              + ", which is none of disable, prefer, require, verify-ca and verify-full");
    }
    return new DatabaseTls(SslMode.of(word), parameters.getOrDefault("sslrootcert", ""));
  }

  private static String first(String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate;
      }
    }
    return null;
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong("has a % that is not followed by two hexadecimal digits");
    }
  }

  private static StartFailure wrong(String what) {
    return new StartFailure("The setting --database-url " + what + "; " + EXAMPLE + ".");
  }
}
