package chat.parley.model;

import java.util.List;
import java.util.UUID;

/** The wish for a room; {@code name} is null for a direct one, {@code members} may be null. */
public record NewRoom(RoomKind kind, String name, List<UUID> members) {}
