package chat.parley.model;

import java.util.UUID;

/** Something to say; {@code clientId} makes saying it again safe. */
public record NewMessage(UUID clientId, String text) {}
