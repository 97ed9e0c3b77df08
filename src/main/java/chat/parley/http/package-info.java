/**
 * The HTTP door. {@link chat.parley.http.HttpDoor} opens one port on several event loops; on each,
 * a request passes the same posts in the same order: request id and headers, limits, who is
 * speaking, the body, its shape, and then one line of a {@code *Routes} class that asks the bus.
 * Whatever goes wrong ends in {@code Problems}, the only writer of errors. The contract, {@code
 * openapi.yaml}, decides which paths exist, who may call them and what a request looks like.
 */
package chat.parley.http;
