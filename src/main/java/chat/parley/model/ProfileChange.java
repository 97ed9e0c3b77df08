package chat.parley.model;

/**
 * The wish to change what people see of oneself: what is absent stays, and an empty text clears (a
 * display name then is the user name again).
 */
public record ProfileChange(
    String displayName, String username, String timeZone, String statusText) {}
