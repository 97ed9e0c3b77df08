/**
 * The messages of one room that this client holds: a window that reaches from `low` to the newest one, without holes
 * once the room's cursor has caught up. Rows are replaced, never changed in place.
 */
export class Timeline {
  /** The lowest sequence number of the unbroken window, or null before the first page. */
  low = null;
  /** True when nothing older exists. */
  complete = false;
  #rows = new Map();
  #mine = new Map();
  #list = [];
  #dirty = false;
  #myId;

  constructor(myId) {
    this.#myId = myId;
  }

  get loaded() {
    return this.low !== null;
  }

  get(seq) {
    return this.#rows.get(seq);
  }

  /** True when my message of that clientId stands in the room. */
  has(clientId) {
    return this.#mine.has(clientId);
  }

  /** Keeps the newer of two rows; true when this one was. */
  upsert(message) {
    const held = this.#rows.get(message.seq);
    if (held && held.version >= message.version) return false;
    this.#rows.set(message.seq, message);
    if (message.sender.id === this.#myId) this.#mine.set(message.clientId, message.seq);
    this.#dirty = true;
    return true;
  }

  /** Shows whatever this person said under their present name and picture. */
  looks(user) {
    for (const [seq, row] of this.#rows) {
      if (row.sender.id !== user.id || isAlike(row.sender, user)) continue;
      this.#rows.set(seq, { ...row, sender: user });
      this.#dirty = true;
    }
  }

  /** A page of history that ends just below the window, or the newest one. */
  addPage({ items, next }) {
    for (const message of items) this.upsert(message);
    this.complete = next === undefined;
    this.low = this.complete ? 0 : Math.min(this.low ?? Infinity, items[0].seq);
    this.#dirty = true;
  }

  /** The window's rows, oldest first. The same array until something changes. */
  list() {
    if (this.#dirty) {
      this.#dirty = false;
      this.#list = this.loaded
        ? [...this.#rows.values()].filter(({ seq }) => seq >= this.low).sort((one, other) => one.seq - other.seq)
        : [];
    }
    return this.#list;
  }

  newest() {
    let newest;
    for (const row of this.#rows.values()) if (!newest || row.seq > newest.seq) newest = row;
    return newest;
  }

  clear() {
    this.#rows.clear();
    this.#mine.clear();
    this.low = null;
    this.complete = false;
    this.#dirty = true;
  }

  /** Forgets all but the newest `count` rows; they can be loaded again. */
  trim(count) {
    if (this.#rows.size <= count) return;
    const kept = [...this.#rows.values()].sort((one, other) => other.seq - one.seq).slice(0, count);
    const window = this.loaded ? Math.max(this.low, kept.at(-1).seq) : null;
    const complete = this.complete && window === this.low;
    this.clear();
    for (const row of kept) this.upsert(row);
    this.low = window;
    this.complete = complete;
  }
}

const isAlike = (one, other) =>
  ['username', 'displayName', 'avatarUrl'].every((field) => one[field] === other[field]);
