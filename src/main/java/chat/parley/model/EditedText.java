package chat.parley.model;

/** What a message is to say from now on. */
public record EditedText(String text) {}
