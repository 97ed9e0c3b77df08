/**
 * What makes several nodes one server: who belongs, proven by the shared secret, and the channels
 * between them. It knows nothing of chat; what crosses is decided by the bus. Nothing of it is
 * loaded by a node that stands alone.
 */
package chat.parley.cluster;
