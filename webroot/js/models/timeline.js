/**
 * The messages of one room that this client holds, and a window of them that is shown: at the newest, from `low` on, without
 * holes once the room's cursor has caught up; or `away` from it, around a message that was looked up. Every row held is
 * kept up to date, in the window or not. Rows are replaced, never changed in place.
 */
export class Timeline {
  /** The lowest sequence number of the unbroken window at the newest, or null before the first page. */
  low = null;
  /** True when nothing older exists. */
  complete = false;
  /** `{low, high, complete}` while an older stretch is looked at. */
  away = null;
  /** Rises with every change. */
  revision = 0;
  #rows = new Map();
  #mine = new Map();
  #list = [];
  #listed = -1;
  #myId;

  constructor(myId) {
    this.#myId = myId;
  }

  get loaded() {
    return this.low !== null;
  }

  /** What is shown: `{low, high, complete}`. */
  get window() {
    return this.away ?? { low: this.low, high: Infinity, complete: this.complete };
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
    this.revision++;
    return true;
  }

  /** What this person wrote is theirs under the new name. Linear in the rows held. */
  renamed(user) {
    const shown = ({ displayName, username, avatarUrl }) => JSON.stringify([displayName, username, avatarUrl]);
    for (const [seq, row] of this.#rows) {
      if (row.sender.id !== user.id || shown(row.sender) === shown(user)) continue;
      this.#rows.set(seq, { ...row, sender: user });
      this.revision++;
    }
  }

  /** A page of history that ends just below the window at the newest, or the newest one. */
  addPage(page) {
    this.#take(page);
    this.complete = page.next === undefined;
    this.low = this.complete ? 0 : Math.min(this.low ?? Infinity, page.items[0].seq);
  }

  /** Looks at this page, wherever it stands. `next` tells whether something older exists. */
  goTo(page) {
    this.#take(page);
    const complete = page.next === undefined;
    this.away = { low: complete ? 0 : page.items[0].seq, high: page.items.at(-1)?.seq ?? 0, complete };
    this.#meet();
  }

  /** A page that ends just below what is looked at. */
  addOlder(page) {
    if (!this.away) return this.addPage(page);
    this.#take(page);
    const complete = page.next === undefined;
    this.away = { ...this.away, complete, low: complete ? 0 : Math.min(this.away.low, page.items[0].seq) };
    return undefined;
  }

  /** A page that begins just above what is looked at. */
  addNewer(page) {
    this.#take(page);
    if (!this.away) return;
    const high = page.next === undefined ? Infinity : page.items.at(-1).seq;
    this.away = { ...this.away, high };
    this.#meet();
  }

  toNewest() {
    this.away = null;
    this.revision++;
  }

  /** The window's rows, oldest first. The same array until something changes. */
  list() {
    if (this.#listed !== this.revision) {
      this.#listed = this.revision;
      const { low, high } = this.window;
      this.#list = this.loaded ? [...this.#rows.values()].filter(({ seq }) => seq >= low && seq <= high).sort(bySeq) : [];
    }
    return this.#list;
  }

  /** What is held of a message's thread, oldest first. Linear in the rows held. */
  thread(root) {
    return [...this.#rows.values()].filter(({ threadOf }) => threadOf === root).sort(bySeq);
  }

  /** What is held and pinned. */
  pinned() {
    return [...this.#rows.values()].filter(({ pinnedAt }) => pinnedAt);
  }

  /** How many of the rows held come after `seq` and are of somebody else. */
  newer(seq) {
    let count = 0;
    for (const row of this.#rows.values()) if (row.seq > seq && row.sender.id !== this.#myId) count++;
    return count;
  }

  clear() {
    this.#rows.clear();
    this.#mine.clear();
    this.low = null;
    this.complete = false;
    this.toNewest();
  }

  /** Forgets all but the newest `count` rows; they can be loaded again. */
  trim(count) {
    this.toNewest();
    if (this.#rows.size <= count) return;
    const kept = [...this.#rows.values()].sort(bySeq).slice(-count);
    const window = this.loaded ? Math.max(this.low, kept[0].seq) : null;
    const complete = this.complete && window === this.low;
    this.clear();
    for (const row of kept) this.upsert(row);
    this.low = window;
    this.complete = complete;
  }

  #take({ items }) {
    for (const message of items) this.upsert(message);
    this.revision++;
  }

  /** Numbers have no holes: once the two windows touch, they are one. */
  #meet() {
    if (!this.loaded || this.away.high < this.low - 1) return;
    if (this.away.low < this.low) {
      this.low = this.away.low;
      this.complete = this.away.complete;
    }
    this.away = null;
  }
}

const bySeq = (one, other) => one.seq - other.seq;
