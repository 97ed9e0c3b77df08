/**
 * The history checker. Clients over REST, raw WebSocket and SockJS ({@code Workload} and what it
 * uses) write down as {@code Fact}s what they sent, were told and saw; {@code Judge} reads them and
 * names every invariant that does not hold, with the smallest witness. Nothing here knows a class
 * of the server: what the checker believes, it believes from the wire. docs/testing.md tells how to
 * run it and how to read what it prints.
 */
package chat.parley.history;
