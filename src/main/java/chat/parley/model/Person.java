package chat.parley.model;

import java.util.UUID;

/** How a person is shown to others: the same for every reader. */
public record Person(UUID id, String username, String displayName, String avatarUrl) {}
