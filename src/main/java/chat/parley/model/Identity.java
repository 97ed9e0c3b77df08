package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * By whom somebody is known elsewhere.
 *
 * @param provider its issuer, a URL
 * @param subject what the provider calls them
 * @param name for people to read; null when the provider says none
 */
public record Identity(UUID id, String provider, String subject, String name, Instant createdAt) {}
