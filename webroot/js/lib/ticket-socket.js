// A WebSocket to a server of another origin, to which the cookie does not go: it first buys a ticket, which is good for
// one opening. To the bus it looks like any socket.

const NEVER_OPENED = 1006;

export class TicketSocket {
  onopen; onmessage; onclose;
  #socket; #closed = false;

  /** `buy` resolves with a ticket; `open` makes a socket of an address. */
  constructor(url, { buy, open = (address) => new WebSocket(address) }) {
    this.#connect(url, buy, open).catch(() => this.#hear('onclose', { code: NEVER_OPENED }));
  }

  get readyState() {
    return this.#closed ? 3 : this.#socket?.readyState ?? 0;
  }

  send(text) {
    this.#socket.send(text);
  }

  close() {
    this.#closed = true;
    this.#socket?.close();
  }

  async #connect(url, buy, open) {
    const ticket = await buy();
    if (this.#closed) return;
    const address = new URL(url);
    address.searchParams.set('ticket', ticket);
    this.#socket = open(address);
    for (const name of ['onopen', 'onmessage', 'onclose']) this.#socket[name] = (event) => this.#hear(name, event);
  }

  #hear(name, event) {
    this[name]?.(event);
  }
}
