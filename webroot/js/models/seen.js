/** In larger rooms nobody is told who has read what. */
export const SMALL = 100;

/** How far the others of a small room have read: marks only rise. */
export class Seen {
  loaded = false;
  #marks = new Map();

  /** @param ask (query) => a page of the room's read marks */
  constructor({ ask, changed = () => {} } = {}) {
    Object.assign(this, { ask, changed });
  }

  async load() {
    if (this.loaded) return;
    const { items } = await this.ask({ limit: SMALL });
    for (const { userId, readSeq } of items) this.heard(userId, readSeq);
    this.loaded = true;
    this.changed();
  }

  heard(userId, readSeq) {
    if (readSeq > (this.#marks.get(userId) ?? -1)) this.#marks.set(userId, readSeq);
  }

  /** Ids of those who have seen that message, other than `meId`. */
  by(seq, meId) {
    const found = [];
    for (const [userId, readSeq] of this.#marks) if (userId !== meId && readSeq >= seq) found.push(userId);
    return found;
  }

  forget(userId) {
    this.#marks.delete(userId);
  }

  clear() {
    this.#marks.clear();
    this.loaded = false;
  }
}
