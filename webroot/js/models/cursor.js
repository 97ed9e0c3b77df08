import { backoff } from '../lib/timers.js';

/** So many versions behind, what is held is dropped: much has happened, or the server was restored and is far ahead of all. */
export const FAR = 1_000;

/**
 * The rules of "How a client stays exact" (docs/api/realtime.md) for one room: `version` is the cursor, up to which
 * everything is known. What the events mean is the owner's: `apply` is an upsert by version, so it may see an event twice,
 * late or early, without harm.
 *
 * Only a contiguous live event, a sync answer or a restart moves the cursor.
 */
export class Cursor {
  version;
  /** Events beyond the cursor, by version: they count as heard once the gap before them is closed. */
  #ahead = new Map();
  /** The highest version known to exist. */
  #known;
  /** A head below the cursor was heard: ask the server whether it went back in time. */
  #doubted = false;
  #restarting = false;
  #running = null;
  #stopped = false;

  /**
   * @param version where the owner's snapshot stands
   * @param apply (event) => void
   * @param sync (since) => Promise<{items, head, more}>
   * @param restart () => Promise<{head, replace}>: fetches the newest page; `replace()` forgets the cache and shows it
   * @param failed (problem, attempt) => Promise<boolean>: waits, then tells whether to try again
   */
  constructor(version, { apply, sync, restart, failed = waitAfter }) {
    Object.assign(this, { version, apply, sync, restart, failed });
    this.#known = version;
  }

  /** True while something is known to be missing. */
  get behind() {
    return this.#known > this.version || this.#doubted;
  }

  /** Resolves when nothing is known to be missing, or after giving up. */
  settled() {
    return this.#running ?? Promise.resolve();
  }

  hear(event) {
    if (this.#stopped) return;
    if (!this.#restarting) this.apply(event);
    if (event.version > this.version || this.#restarting) this.#ahead.set(event.version, event);
    this.#known = Math.max(this.#known, event.version);
    if (!this.#restarting) this.#advance();
    this.#catchUp();
  }

  head(version) {
    if (this.#stopped) return;
    if (version < this.version) this.#doubted = true;
    this.#known = Math.max(this.#known, version);
    this.#catchUp();
  }

  stop() {
    this.#stopped = true;
    this.#ahead.clear();
  }

  #advance() {
    while (this.#ahead.delete(this.version + 1)) this.version++;
    for (const version of this.#ahead.keys()) if (version <= this.version) this.#ahead.delete(version);
  }

  #catchUp() {
    if (!this.behind || this.#running) return;
    this.#running = this.#run().finally(() => { this.#running = null; });
  }

  async #run() {
    for (let attempt = 0; this.behind && !this.#stopped;) {
      const before = this.version;
      const problem = await this.#step().then(() => null, (error) => error);
      if (!problem && this.version !== before) attempt = 0;
      else if (this.behind && !await this.failed(problem, attempt++)) break;
    }
  }

  async #step() {
    if (this.#known - this.version > FAR) return this.#startOver();
    this.#doubted = false;
    const backInTime = await this.#pull();
    return backInTime && this.#startOver();
  }

  /** Rule 2; true when the server turned out to be behind us. */
  async #pull() {
    for (let since = this.version; !this.#stopped;) {
      const { items, head, more } = await this.sync(since);
      if (this.#stopped) return false;
      if (head.version < since) return true;
      if (head.version - this.version > FAR && more) {
        this.#known = Math.max(this.#known, head.version);
        return true;
      }
      for (const item of items) this.apply(item);
      if (more && items.length) {
        since = items.at(-1).version;
        continue;
      }
      this.version = Math.max(this.version, head.version);
      this.#advance();
      return false;
    }
    return false;
  }

  /** Rule 4. Events that arrive meanwhile are held back and count by what the new page's head says. */
  async #startOver() {
    this.#restarting = true;
    this.#ahead.clear();
    try {
      const { head, replace } = await this.restart();
      if (this.#stopped) return;
      replace();
      this.#doubted = false;
      this.version = head.version;
      const held = [...this.#ahead.values()].sort((one, other) => one.version - other.version);
      this.#known = Math.max(head.version, held.at(-1)?.version ?? 0);
      for (const event of held) if (event.version > head.version) this.apply(event);
    } finally {
      this.#restarting = false;
    }
    this.#advance();
  }
}

async function waitAfter(problem, attempt) {
  if (problem?.status === 404 || problem?.status === 401) return false;
  await new Promise((resolve) => setTimeout(resolve, backoff(attempt)));
  return true;
}
