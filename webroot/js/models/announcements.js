import { USER_EVENTS } from '../events.js';
import { Observable } from '../lib/observable.js';

const KEY = 'parley-put-away';
/** What a timer can wait for at most. */
const LONGEST = 2 ** 31 - 1;

/** What administrators tell everybody, until it ends or is put away on this device. */
export class Announcements extends Observable {
  #all = new Map();
  #away = new Set();
  #epoch = 0;
  #timer;

  /** `store` may be undefined: then what is put away comes again with the next page. */
  constructor({ api, store, clock = () => Date.now() }) {
    super();
    Object.assign(this, { api, store, clock });
    try {
      this.#away = new Set(JSON.parse(store?.getItem(KEY) ?? '[]'));
    } catch {
      // Somebody else's words: begin anew.
    }
  }

  /** The newest first. */
  get shown() {
    return [...this.#all.values()]
      .filter(({ id, endsAt }) => !this.#away.has(id) && !(endsAt && Date.parse(endsAt) <= this.clock()))
      .sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** Asks for all; what is heard meanwhile is newer than the answer may be. */
  async load() {
    let epoch;
    let items;
    do {
      epoch = this.#epoch;
      ({ items } = await this.api.get('chat/announcements'));
    } while (epoch !== this.#epoch);
    this.#all = new Map(items.map((each) => [each.id, each]));
    this.#keep([...this.#away].filter((id) => this.#all.has(id)));
    this.#tell();
  }

  hear(event) {
    if (event.type !== USER_EVENTS.announcement) return;
    this.#epoch++;
    if (event.announcement) this.#all.set(event.id, event.announcement);
    else this.#all.delete(event.id);
    this.#tell();
  }

  /** Not on this device any more. */
  putAway(id) {
    this.#keep([...this.#away, id]);
    this.changed();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #keep(ids) {
    this.#away = new Set(ids);
    try {
      if (ids.length) this.store?.setItem(KEY, JSON.stringify(ids));
      else this.store?.removeItem(KEY);
    } catch {
      // No room: it comes again.
    }
  }

  /** Says so now, and when the next one ends. */
  #tell() {
    clearTimeout(this.#timer);
    const ends = this.shown.flatMap(({ endsAt }) => (endsAt ? [Date.parse(endsAt) - this.clock()] : []));
    if (ends.length) this.#timer = setTimeout(() => this.#tell(), Math.min(Math.max(0, ...[Math.min(...ends)]) + 50, LONGEST));
    this.changed();
  }
}
