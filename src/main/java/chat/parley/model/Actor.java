package chat.parley.model;

import java.util.UUID;

/**
 * Who does something and in which request: every writing transaction carries both, for the audit
 * log.
 *
 * @param userId null when nobody is signed in (registering, signing in)
 */
public record Actor(UUID userId, String requestId) {}
