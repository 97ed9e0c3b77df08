/**
 * What Parley is held to by strangers: tests by the ids of its security checklist, over HTTP and
 * sockets alone.
 */
package chat.parley.trust;
