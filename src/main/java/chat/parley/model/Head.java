package chat.parley.model;

/** Where a room stands: its version, and the seq of its last message. */
public record Head(long version, long lastSeq) {}
