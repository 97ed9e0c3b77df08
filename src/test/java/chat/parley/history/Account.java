package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;

/** Somebody with an account; {@code id} is the server's. */
record Account(String name, String id) {
  private static final String PASSWORD = "correct horse of ";

  /** A session and its present tokens. */
  record Session(Account account, String name, String accessToken, String refreshToken) {}

  /** A new account. */
  static Account register(Rest rest, String url, String name) {
    Rest.Reply made =
        rest.call(
            url,
            null,
            "POST",
            "/auth/register",
            Json.of("username", name, "password", PASSWORD + name, "displayName", name));
    if (made.status() != 201) {
      throw new AssertionError("No account: " + made);
    }
    return new Account(name, made.body().path("user").path("id").asText());
  }

  /** Signs in; null when the server is away. */
  Session login(Rest rest, String url, String sessionName) {
    Rest.Reply reply =
        rest.call(
            url, null, "POST", "/auth/login", Json.of("login", name, "password", PASSWORD + name));
    return reply.isOk() ? session(sessionName, reply.body()) : null;
  }

  /** Uses a refresh token, which goes into the history; null when there is no next pair. */
  Session refresh(History history, Rest rest, String url, Session session) {
    Rest.Reply reply =
        rest.call(
            url, null, "POST", "/auth/refresh", Json.of("refreshToken", session.refreshToken));
    String child = reply.body().path("refreshToken").asText("");
    long at = history.now();
    history.add(
        new Fact.Refreshed(
            at,
            reply.invokedAt(),
            session.name,
            Json.hash(session.refreshToken),
            reply.status(),
            child.isEmpty() ? null : Json.hash(child)));
    history.add(
        new Fact.CredentialUsed(at, reply.invokedAt(), session.name, "refresh", reply.status()));
    return reply.isOk() ? session(session.name, reply.body()) : null;
  }

  private Session session(String sessionName, JsonNode tokens) {
    return new Session(
        this,
        sessionName,
        tokens.path("accessToken").asText(),
        tokens.path("refreshToken").asText());
  }
}
