/**
 * The whole server: {@link chat.parley.Main} is the process, {@link chat.parley.Parley} the server
 * in it, and {@link chat.parley.Setting} everything that can be set. Only this package knows all
 * rooms.
 */
package chat.parley;
