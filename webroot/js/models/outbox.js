import { Observable } from '../lib/observable.js';
import { plain, sentence } from '../lib/text.js';
import { backoff } from '../lib/timers.js';
import { uuid7 } from '../lib/uuid7.js';

/**
 * Messages on their way: kept until the server has said definitely yes or no, also over a reload, and shared by this
 * user's tabs. An entry is `{clientId, userId, roomId, text, replyTo?, threadOf?, attachments?, at, state: 'pending' | 'failed',
 * reason?}`; its files have arrived before it is made.
 *
 * The messages of one room go one at a time, in the order they were written (their ids ascend), under a lock that one tab
 * holds. No answer, 429 or 5xx: the same message again, with back-off, before any later one. A definite no: the entry
 * stands aside as failed and the next goes on. Sending twice is harmless because the clientId stays.
 */
export class Outbox extends Observable {
  #entries = new Map();
  /** Entries the store does not have (yet): their writing is under way or failed. */
  #unsaved = new Set();
  #draining = new Set();
  #pauses = new Set();
  #stop = new AbortController();

  /**
   * @param store all(userId), put(entry), delete(clientId); true for all tabs
   * @param lock (name, {signal}, work): work runs in one tab at a time
   * @param channel postMessage / onmessage between the tabs (optional)
   * @param deliver (entry) => Promise<answer>; rejects with a Problem
   * @param onPosted (entry, answer) in every tab
   * @param onFailed (entry) in the tab that sent it
   */
  constructor({ userId, store, lock, channel, deliver, onPosted = () => {}, onFailed = () => {}, wait = backoff, newId = uuid7, now = Date.now }) {
    super();
    Object.assign(this, { userId, store, lock, channel, deliver, onPosted, onFailed, wait, newId, now });
    if (channel) channel.onmessage = ({ data }) => this.#heard(data);
  }

  /** What was left from before. */
  async load() {
    const entries = await this.store.all(this.userId);
    this.#entries = new Map(this.#with(entries).map((entry) => [entry.clientId, entry]));
    this.changed();
    this.#drainAll();
  }

  /** A room's entries in the order they were written. */
  ofRoom(roomId) {
    return [...this.#entries.values()].filter((entry) => entry.roomId === roomId).sort(byId);
  }

  get size() {
    return this.#entries.size;
  }

  /**
   * Writes a message down and starts sending it; it shows at once. What it answers, whose thread it is in and the files that it
   * carries stand in `context`.
   */
  add(roomId, text, { replyTo, threadOf, attachments } = {}) {
    const context = { ...(replyTo && { replyTo }), ...(threadOf && { threadOf }), ...(attachments?.length && { attachments }) };
    const entry = { clientId: this.newId(), userId: this.userId, roomId, text, ...context, at: this.now(), state: 'pending' };
    return this.#save(entry);
  }

  retry(clientId) {
    const entry = this.#entries.get(clientId);
    if (entry?.state === 'failed') return this.#save({ ...entry, state: 'pending', reason: undefined });
    return Promise.resolve();
  }

  discard(clientId) {
    return this.#forget(clientId);
  }

  /** The message stands in the room: whatever we waited for, it has arrived. */
  confirm(clientId) {
    if (this.#entries.has(clientId)) this.#forget(clientId);
  }

  /** The room is gone: its messages can go nowhere. */
  dropRoom(roomId) {
    for (const { clientId } of this.ofRoom(roomId)) this.#forget(clientId);
  }

  /** There is a connection again: do not wait any longer. */
  wake() {
    for (const resume of [...this.#pauses]) resume();
    this.#drainAll();
  }

  stop() {
    this.#stop.abort();
    for (const resume of [...this.#pauses]) resume();
    if (this.channel) this.channel.onmessage = null;
    this.channel?.close?.();
  }

  async #save(entry) {
    this.#entries.set(entry.clientId, entry);
    this.#unsaved.add(entry.clientId);
    this.changed();
    await this.#write(entry);
    this.#tell({ type: 'changed' });
    this.#drain(entry.roomId);
  }

  /** A store that refuses (full, broken) costs the reload, not the message. */
  #write(entry) {
    return this.store.put(entry).then(() => this.#unsaved.delete(entry.clientId), () => {});
  }

  #with(stored) {
    const known = new Set(stored.map(({ clientId }) => clientId));
    const unsaved = [...this.#unsaved].filter((clientId) => !known.has(clientId)).map((clientId) => this.#entries.get(clientId));
    return [...stored, ...unsaved.filter(Boolean)];
  }

  async #forget(clientId, news = { type: 'changed' }) {
    this.#entries.delete(clientId);
    this.#unsaved.delete(clientId);
    this.changed();
    await this.store.delete(clientId).catch(() => {});
    this.#tell(news);
  }

  #tell(news) {
    if (!this.#stop.signal.aborted) this.channel?.postMessage({ ...news, userId: this.userId });
  }

  #heard({ type, userId, entry, answer }) {
    if (userId !== this.userId) return;
    if (type === 'posted') this.onPosted(entry, answer);
    this.load().catch(() => {});
  }

  #drainAll() {
    for (const { roomId, state } of this.#entries.values()) if (state === 'pending') this.#drain(roomId);
  }

  async #drain(roomId) {
    if (this.#draining.has(roomId) || this.#stop.signal.aborted) return;
    this.#draining.add(roomId);
    const { signal } = this.#stop;
    try {
      await this.lock(`parley-outbox-${this.userId}-${roomId}`, { signal }, () => this.#sendAll(roomId));
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#draining.delete(roomId);
    }
    if (this.ofRoom(roomId).some(isPending)) this.#drain(roomId);
  }

  async #sendAll(roomId) {
    let attempt = 0;
    let last;
    for (let entry; (entry = await this.#next(roomId)); last = entry.clientId) {
      attempt = entry.clientId === last ? attempt + 1 : 0;
      await this.#send(entry, attempt);
    }
  }

  /** The first pending entry as the store has it: another tab may have added or finished one. */
  async #next(roomId) {
    if (this.#stop.signal.aborted) return undefined;
    const stored = await this.store.all(this.userId).catch(() => []);
    return this.#with(stored).filter((entry) => entry.roomId === roomId && isPending(entry)).sort(byId)[0];
  }

  async #send(entry, attempt) {
    try {
      const answer = await this.deliver(entry);
      if (this.#stop.signal.aborted) return;
      this.onPosted(entry, answer);
      await this.#forget(entry.clientId, { type: 'posted', entry, answer });
    } catch (problem) {
      if (this.#stop.signal.aborted) return;
      if (problem.definite) await this.#fail(entry, problem);
      else await this.#pause(Math.max(this.wait(attempt), (problem.retryAfter ?? 0) * 1_000));
    }
  }

  async #fail(entry, problem) {
    const failed = { ...entry, state: 'failed', reason: whyNot(entry, problem) };
    this.#entries.set(entry.clientId, failed);
    this.changed();
    await this.#write(failed);
    this.#tell({ type: 'changed' });
    this.onFailed(failed, problem);
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const resume = () => {
        clearTimeout(timer);
        this.#pauses.delete(resume);
        resolve();
      };
      const timer = setTimeout(resume, milliseconds);
      this.#pauses.add(resume);
    });
  }
}

/** A file that waited for too long is forgotten there. */
function whyNot({ attachments = [] }, problem) {
  const lost = attachments.find((_, at) => problem.field(`attachments/${at}`));
  if (lost) return `${plain(lost.name)} is not there any more. Please add it again.`;
  return sentence('The text', problem.field('text')) ?? problem.message;
}

const byId = (one, other) => (one.clientId < other.clientId ? -1 : 1);
const isPending = ({ state }) => state === 'pending';
