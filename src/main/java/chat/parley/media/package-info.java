/**
 * Pictures and files that people send: what they are is told by their bytes. Of pictures of people
 * and rooms none is kept as it came; one worker decodes one at a time, as little of it as a small
 * one needs. Files are kept as they came, under their hash, on the disk or in another store. It
 * asks persistence what is whose and who may see it.
 */
package chat.parley.media;
