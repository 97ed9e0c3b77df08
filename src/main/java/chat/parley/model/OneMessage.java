package chat.parley.model;

/** A message alone in an answer; what depends on its reader will stand beside it. */
public record OneMessage(Message message) {}
