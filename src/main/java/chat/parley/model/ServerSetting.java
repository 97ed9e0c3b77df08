package chat.parley.model;

/**
 * A setting as it is in force on one node.
 *
 * @param value without what opens something; may be empty
 * @param source who said so: flag, environment, the file by its name, or default
 * @param standard what holds when nobody says; may be empty
 * @param says what it is for, in a sentence
 */
public record ServerSetting(
    String name,
    String flag,
    String variable,
    String value,
    String source,
    String standard,
    String says) {}
