/**
 * Pictures that people send: what they are is told by their bytes, and none is kept as it came. One
 * worker decodes one at a time, as little of it as a small square needs, and what is stored and
 * shown is a new file of our own making. It asks persistence for keeping; it writes no files.
 */
package chat.parley.media;
