/**
 * Sockets. {@link chat.parley.realtime.SocketBridge} says who gets one and speaks the protocol of
 * the Vert.x event bus bridge, raw and over SockJS, with one {@code Session} each; {@code RoomHub}
 * reads a room's log in order, makes one run of bytes of it and hands these to every {@code
 * Outbound}, which knows when its reader does not keep up. Everything of a socket happens on its
 * own event loop. The database is the truth here and the bus a hint: what the bus loses is found
 * within seconds and read.
 */
package chat.parley.realtime;
