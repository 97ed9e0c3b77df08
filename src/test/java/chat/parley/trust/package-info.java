/**
 * What a stranger may try at the front door: the security lines of the project, each as a black-box
 * test over HTTP or WebSocket, named by its id ({@code s20_…}). The suite runs alone and against
 * any running server: {@code .ci/trust --base-url https://chat.example}; what needs a server with
 * settings or a database of its own is skipped there. Nothing here imports the server's classes but
 * through the {@code testing} clients.
 */
package chat.parley.trust;
