import { limited } from '../lib/timers.js';
import { Reactions } from './reactions.js';
import { Thread } from './thread.js';

/** What one does with the messages of a room, and what one looks up of them. Whatever the server answers goes through the room's one upsert. */
export class Messages {
  /** Seqs that are not there for me. */
  #missing = new Set();
  #asking = new Set();
  #reacting = new Set();
  #threads = new Map();
  #turn = limited(4);

  /** @param room its id, timeline and api; `took(row)` upserts and `changed()` tells */
  constructor(room, { took }) {
    Object.assign(this, { room, took });
    this.reactions = new Reactions(room.me.id);
  }

  get #api() {
    return this.room.api;
  }

  #path(rest) {
    return `chat/rooms/${this.room.id}/messages${rest}`;
  }

  /** What stood beside rows: `{"<seq>": ["👍"]}`; a seq that is not in it has none of mine. */
  takeMine(rows, mine = {}) {
    for (const row of rows) this.reactions.take(row, mine[row.seq]);
  }

  /** A row that something refers to: `{row}`, `{missing: true}`, or `{}` while it is fetched. */
  find(seq) {
    const row = this.room.timeline.get(seq);
    if (row) return { row };
    if (this.#missing.has(seq)) return { missing: true };
    this.#fetch(seq);
    return {};
  }

  async #fetch(seq) {
    if (this.#asking.has(seq)) return;
    this.#asking.add(seq);
    try {
      this.#answered(await this.#turn(() => this.#api.get(this.#path(`/${seq}`))));
      this.#asking.delete(seq);
    } catch (problem) {
      // Not asked again at every rendering: with the next page of the room, or never.
      if (problem.definite) this.#missing.add(seq);
      this.room.changed();
    }
  }

  /** The connection is back: what could not be fetched may be now. */
  again() {
    this.#asking.clear();
  }

  /** The room was loaded anew. */
  clear() {
    this.#missing.clear();
    this.#asking.clear();
    this.reactions.clear();
    for (const thread of this.#threads.values()) thread.clear();
  }

  thread(root) {
    if (!this.#threads.has(root)) {
      const ask = async (query) => {
        const page = await this.#api.get(this.#path(`/${root}/thread`), query);
        this.takeMine(page.items, page.mine);
        for (const row of page.items) this.took(row);
        return page;
      };
      this.#threads.set(root, new Thread(root, { timeline: this.room.timeline, ask, changed: () => this.room.changed() }));
    }
    return this.#threads.get(root);
  }

  async edit(seq, text) {
    this.#answered(await this.#api.patch(this.#path(`/${seq}`), { text }));
  }

  async delete(seq) {
    this.#answered(await this.#api.delete(this.#path(`/${seq}`)));
  }

  /** Tells the administrators of it; nobody in the room hears. */
  report(seq, { reason, note }) {
    return this.#api.post(this.#path(`/${seq}/report`), { reason, ...(note.trim() && { note: note.trim() }) });
  }

  async pin(seq, on) {
    const path = this.#path(`/${seq}/pin`);
    this.#answered(await (on ? this.#api.put(path) : this.#api.delete(path)));
  }

  async removePreview(seq) {
    this.#answered(await this.#api.delete(this.#path(`/${seq}/preview`)));
  }

  /** The pinned ones, the newest pin first. */
  async pins() {
    const { items } = await this.#api.get(`chat/rooms/${this.room.id}/pins`);
    for (const row of items) this.took(row);
    this.room.changed();
    return items;
  }

  /** What it said before, the oldest first. */
  async versions(seq) {
    return (await this.#api.get(this.#path(`/${seq}/versions`))).items;
  }

  /** Where a forwarded message was said, if that is mine to see. */
  origin(seq) {
    return this.#api.get(this.#path(`/${seq}/origin`));
  }

  async forward(seq, roomId, clientId) {
    return (await this.#api.post(this.#path(`/${seq}/forward`), { roomId, clientId })).message;
  }

  /** A page of who reacted so. */
  whoReacted(seq, emoji, after) {
    return this.#api.get(this.#path(`/${seq}/reactions/${encodeURIComponent(emoji)}`), { after, limit: 50 });
  }

  /** Puts my reaction there or takes it away: shown at once, told one after the other, and the last wish counts. */
  async react(seq, emoji, on) {
    const key = `${seq} ${emoji}`;
    this.reactions.want(seq, emoji, on);
    this.room.changed();
    if (this.#reacting.has(key)) return;
    this.#reacting.add(key);
    try {
      for (let told; (told = this.reactions.wanted(seq, emoji)) !== undefined;) {
        const path = this.#path(`/${seq}/reactions/${encodeURIComponent(emoji)}`);
        const answer = await (told ? this.#api.put(path) : this.#api.delete(path));
        if (this.reactions.wanted(seq, emoji) === told) this.reactions.want(seq, emoji, undefined);
        this.#answered(answer);
      }
    } finally {
      this.#reacting.delete(key);
      this.reactions.want(seq, emoji, undefined);
      this.room.changed();
    }
  }

  #answered({ message, mine }) {
    if (mine) this.reactions.take(message, mine);
    this.took(message);
    this.room.changed();
  }
}
