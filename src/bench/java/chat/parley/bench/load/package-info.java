/**
 * The load: one thread, many sockets. It reads frames where they lie and finds what it needs at
 * places it has learnt, since a generator that is slower than the server would measure itself.
 */
package chat.parley.bench.load;
