package chat.parley.model;

import java.util.List;

/** The wish for a key; without {@code expiresInDays} it lasts until it is revoked. */
public record NewApiKey(String name, List<Scope> scopes, Integer expiresInDays) {}
