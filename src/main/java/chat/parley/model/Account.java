package chat.parley.model;

/** An account as its owner sees it. */
public record Account(User user, String email) {}
