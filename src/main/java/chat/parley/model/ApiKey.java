package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A key for a program, as its owner sees it in the list.
 *
 * @param lastUsedAt to the minute; null until it is used
 * @param expiresAt null when it lasts until it is revoked
 */
public record ApiKey(
    UUID id,
    String name,
    List<Scope> scopes,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt) {}
