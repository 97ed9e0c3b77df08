import { Observable } from '../lib/observable.js';

const PAGE = 30;

/** The messages that called me, the newest first, by pages. */
export class Mentions extends Observable {
  /** `{roomId, message}` each; null before the first page. */
  items = null;
  next = undefined;
  #running = null;

  constructor({ api }) {
    super();
    this.api = api;
  }

  /** The newest page anew. */
  load() {
    return this.#once(async () => this.#is(await this.api.get('chat/mentions', { limit: PAGE }), []));
  }

  more() {
    if (!this.next) return Promise.resolve();
    return this.#once(async () => this.#is(await this.api.get('chat/mentions', { before: this.next, limit: PAGE }), this.items ?? []));
  }

  /** What is shown may be out of date: asked for again when it is looked at. */
  stale() {
    this.isStale = true;
    this.changed();
  }

  #is({ items, next }, before) {
    const known = new Set(before.map(keyOf));
    this.items = [...before, ...items.filter((item) => !known.has(keyOf(item)))];
    this.next = next;
    this.isStale = false;
    this.changed();
  }

  #once(work) {
    this.#running ??= work().finally(() => { this.#running = null; });
    return this.#running;
  }
}

const keyOf = ({ roomId, message }) => `${roomId}/${message.seq}`;
