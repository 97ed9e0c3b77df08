package chat.parley.model;

import java.util.UUID;

/** Where a message is to be repeated; {@code clientId} makes asking again safe. */
public record NewForward(UUID roomId, UUID clientId) {}
