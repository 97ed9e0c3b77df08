const PAGE = 100;
const FOUND = 20;

/**
 * The members of one room by user id, upserted by version; who left stays as a tombstone so that late news cannot undo it.
 * They come by pages, in the order of their ids: until the last page, who stands beyond the last one loaded is not shown.
 */
export class Members {
  /** True once all pages are here. */
  loaded = false;
  /** The `after` of the next page; undefined before the first one. */
  next = undefined;
  #pages = 0;
  #rows = new Map();
  #running = null;

  /** @param ask (query) => a page of the room's members */
  constructor({ ask, changed = () => {} } = {}) {
    Object.assign(this, { ask, changed });
  }

  /** The first page, unless it is here; `more`: the page after those that are. */
  load({ more = false } = {}) {
    if (this.loaded || (this.next && !more)) return Promise.resolve();
    this.#running ??= this.#load().finally(() => {
      this.#running = null;
      this.changed();
    });
    return this.#running;
  }

  async #load() {
    this.addPage(await this.ask({ after: this.next, limit: PAGE }));
  }

  /** Those whose names begin so, of all pages. */
  async find(q) {
    return (await this.ask({ q, limit: FOUND })).items;
  }

  addPage({ items, next }) {
    for (const member of items) this.upsert(member);
    this.#pages++;
    this.next = next;
    this.loaded = !next;
  }

  upsert(member) {
    const held = this.#rows.get(member.user.id);
    if (held && held.version >= member.version) return false;
    this.#rows.set(member.user.id, member);
    return true;
  }

  get(userId) {
    const member = this.#rows.get(userId);
    return member?.gone ? undefined : member;
  }

  /** True unless they come by several pages: those told in any order would jump about. */
  get few() {
    return this.#pages < 2 && !this.next;
  }

  /** Present members: by display name when they are few, else in the order of the pages. */
  list() {
    const present = [...this.#rows.values()].filter(({ gone }) => !gone);
    if (this.few) return present.sort((one, other) => name(one).localeCompare(name(other)));
    return present.filter(({ user }) => this.loaded || (this.next && user.id <= this.next)).sort((one, other) => (one.user.id < other.user.id ? -1 : 1));
  }

  /** Everybody present whom this client happens to know, in no order. */
  known() {
    return [...this.#rows.values()].filter(({ gone }) => !gone).map(({ user }) => user);
  }

  clear() {
    this.#rows.clear();
    this.#pages = 0;
    this.next = undefined;
    this.loaded = false;
  }
}

const name = ({ user }) => user.displayName ?? user.username;
