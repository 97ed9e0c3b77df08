package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An account as administrators see it. */
public record ManagedUser(@JsonUnwrapped User user, boolean disabled) {}
