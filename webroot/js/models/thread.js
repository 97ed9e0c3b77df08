const PAGE = 50;

/** One message's thread: its replies from `low` to the newest, out of the rows that the room holds. */
export class Thread {
  low = null;
  complete = false;
  /** `{seq}` of what I answer with what I write next. */
  answering = null;
  #list = [];
  #listed = -1;

  /** @param ask (query) => a page of the thread's messages; @param timeline holds the rows */
  constructor(root, { timeline, ask, changed }) {
    Object.assign(this, { root, timeline, ask, changed });
  }

  get loaded() {
    return this.low !== null;
  }

  /** The newest page. */
  async open() {
    if (!this.loaded) this.#take(await this.ask({ limit: PAGE }));
  }

  async loadOlder() {
    if (this.loaded && !this.complete) this.#take(await this.ask({ before: this.low, limit: PAGE }));
  }

  answer(seq) {
    this.answering = seq ? { seq } : null;
    this.changed();
  }

  /** The replies, oldest first. The same array until a row of the room changes. */
  list() {
    if (this.#listed !== this.timeline.revision) {
      this.#listed = this.timeline.revision;
      this.#list = this.loaded ? this.timeline.thread(this.root).filter(({ seq }) => seq >= this.low) : [];
    }
    return this.#list;
  }

  /** The room was loaded anew: what was held is gone. */
  clear() {
    this.low = null;
    this.complete = false;
  }

  #take(page) {
    this.complete = page.next === undefined;
    this.low = this.complete ? 0 : Math.min(this.low ?? Infinity, page.items[0].seq);
    this.timeline.revision++;
    this.changed();
  }
}
