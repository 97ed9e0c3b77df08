/**
 * The command line: what is said to Parley but not to a server that runs. Each command is a class
 * that reads the settings as the server does, reaches the database whether or not the server runs
 * ({@link chat.parley.command.Reach}), does one thing, and ends with 0, with 1 when it could not be
 * done, or with 2 when it was said wrongly. It may block. Loaded only when a command is given.
 */
package chat.parley.command;
