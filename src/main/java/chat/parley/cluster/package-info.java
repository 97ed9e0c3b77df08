/**
 * What makes several nodes one server: who belongs, proven by the shared secret, and the channel
 * between them. It knows nothing of chat: what crosses are bytes. Nothing of it but addresses is
 * loaded by a node that stands alone.
 */
package chat.parley.cluster;
