package chat.parley.http;

import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Role;
import chat.parley.model.Scope;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which scope each operation asks for. The contract says it in {@code x-scope}; where it does not,
 * the path does: {@code /admin} is admin, {@code /auth}, {@code /session} and {@code /users/me} are
 * account, elsewhere GET is read and all the rest write. So an operation that nobody thought about
 * is rather closed to keys.
 */
final class Scopes {
  private Scopes() {}

  /** By operation id. */
  static Map<String, Scope> of(JsonObject contract) {
    Map<String, Scope> scopes = new HashMap<>();
    contract
        .getJsonObject("paths")
        .forEach(
            path ->
                ((JsonObject) path.getValue())
                    .forEach(
                        method -> {
                          JsonObject operation = (JsonObject) method.getValue();
                          scopes.put(
                              operation.getString("operationId"),
                              scope(path.getKey(), method.getKey(), operation));
                        }));
    return scopes;
  }

  private static Scope scope(String path, String method, JsonObject operation) {
    String said = operation.getString("x-scope");
    if (said != null) {
      return Scope.valueOf(said.toUpperCase(Locale.ROOT));
    }
    if (isWithin(path, "/admin")) {
      return Scope.ADMIN;
    }
    if (isWithin(path, "/auth") || isWithin(path, "/session") || isWithin(path, "/users/me")) {
      return Scope.ACCOUNT;
    }
    return method.equals("get") ? Scope.READ : Scope.WRITE;
  }

  private static boolean isWithin(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /**
   * The caller, who must have the scope. What is for administrators is not there for others,
   * whatever they ask it with.
   */
  static Caller require(Scope scope, Caller caller) {
    if (scope == Scope.ADMIN && caller.user().role() != Role.ADMIN) {
      throw Problem.NOT_FOUND.failure();
    }
    if (!caller.may(scope)) {
      throw Problem.SCOPE_MISSING.because(
          scope == Scope.ACCOUNT
              ? "No key may do this: sign in"
              : "This key lacks the scope \"" + scope.name().toLowerCase(Locale.ROOT) + "\"");
    }
    return caller;
  }
}
