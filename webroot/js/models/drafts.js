import { USER_EVENTS } from '../events.js';
import { Observable } from '../lib/observable.js';
import { codePoints } from '../lib/text.js';

const SETTLES = 1_500;
const PAGE = 200;
/** What no message may be, no draft there may be. */
const MOST = 4_000;

/**
 * What I have begun to write, one text a room: kept in this browser at once, and on the server once I pause, for my other
 * devices. What stands here while I write is never replaced by what comes from there.
 */
export class Drafts extends Observable {
  #texts = new Map();
  #timers = new Map();
  /** Rooms whose draft the server does not have yet as it stands here. */
  #own = new Set();
  #telling = new Set();
  /** What the server has, as far as known; undefined before it was asked: until then nothing is told either. */
  #there;

  /** @param store like `localStorage`, or undefined */
  constructor({ userId, api, store, settles = SETTLES }) {
    super();
    Object.assign(this, { api, store, settles, key: `parley-drafts-${userId}` });
    for (const [roomId, { text, own }] of Object.entries(this.#stored())) {
      this.#texts.set(roomId, text);
      if (own) this.#own.add(roomId);
    }
  }

  text(roomId) {
    return this.#texts.get(roomId) ?? '';
  }

  /** The drafts of my other devices. */
  async load() {
    const there = new Map();
    for (let after; ;) {
      const { items, next } = await this.api.get('chat/drafts', { after, limit: PAGE });
      for (const { roomId, text } of items) there.set(roomId, text);
      if (!next) break;
      after = next;
    }
    this.#there = there;
    for (const roomId of [...this.#texts.keys()]) if (!there.has(roomId)) this.#keep(roomId, '');
    for (const [roomId, text] of there) this.#keep(roomId, text);
    for (const roomId of this.#own) if (!this.#timers.has(roomId)) this.#tell(roomId);
    this.#store();
    this.changed();
  }

  /** I write; empty when I sent it or gave it up. */
  write(roomId, text) {
    if (text === this.text(roomId)) return;
    this.#own.add(roomId);
    this.#set(roomId, text);
    clearTimeout(this.#timers.get(roomId));
    this.#timers.set(roomId, setTimeout(() => this.#tell(roomId), text ? this.settles : 0));
    this.#store();
    this.changed();
  }

  /** Another device of mine wrote. */
  hear(event) {
    if (event.type !== USER_EVENTS.draft) return;
    this.#there?.set(event.roomId, event.draft?.text ?? '');
    this.#keep(event.roomId, event.draft?.text ?? '');
    this.#store();
    this.changed();
  }

  /** The room is no longer mine, and the server keeps nothing of it. */
  forget(roomId) {
    clearTimeout(this.#timers.get(roomId));
    this.#timers.delete(roomId);
    this.#own.delete(roomId);
    this.#there?.delete(roomId);
    this.#set(roomId, '');
    this.#store();
    this.changed();
  }

  /** Signed out: what the server has is not for whoever sits here next. */
  stop() {
    for (const [roomId, timer] of this.#timers) {
      clearTimeout(timer);
      this.#tell(roomId);
    }
    for (const roomId of [...this.#texts.keys()]) if (!this.#own.has(roomId)) this.#texts.delete(roomId);
    this.#store();
  }

  #keep(roomId, text) {
    if (!this.#own.has(roomId)) this.#set(roomId, text);
  }

  #set(roomId, text) {
    if (text.trim()) this.#texts.set(roomId, text);
    else this.#texts.delete(roomId);
  }

  /** One at a time for each room: what is on its way would otherwise come back as news once it is written over here. */
  async #tell(roomId) {
    this.#timers.delete(roomId);
    if (!this.#there || this.#telling.has(roomId)) return;
    this.#telling.add(roomId);
    for (let told = true; told && this.#differs(roomId) && !this.#timers.has(roomId);) told = await this.#put(roomId, this.text(roomId));
    this.#telling.delete(roomId);
    if (!this.#differs(roomId)) this.#own.delete(roomId);
    this.#store();
  }

  #differs(roomId) {
    return this.text(roomId) !== (this.#there.get(roomId) ?? '');
  }

  /** True when the server has it. */
  #put(roomId, text) {
    if (codePoints(text) > MOST) return false;
    const path = `chat/rooms/${roomId}/draft`;
    return (text ? this.api.put(path, { text }) : this.api.delete(path)).then(() => !!this.#there.set(roomId, text), () => false);
  }

  #shelf() {
    return Object.fromEntries([...this.#texts].map(([roomId, text]) => [roomId, { text, own: this.#own.has(roomId) }]));
  }

  #stored() {
    try {
      return JSON.parse(this.store?.getItem(this.key) ?? '{}');
    } catch {
      return {};
    }
  }

  #store() {
    try {
      if (this.#texts.size) this.store?.setItem(this.key, JSON.stringify(this.#shelf()));
      else this.store?.removeItem(this.key);
    } catch {
      // Full or forbidden: the draft lives as long as the page.
    }
  }
}

const ofThreads = new WeakMap();

/** Where a composer keeps its text: a room's draft, or for a thread this page's memory. */
export function draftOf(chat, target, room) {
  if (target !== room) return { read: () => ofThreads.get(target) ?? '', write: (text) => ofThreads.set(target, text) };
  return { read: () => chat.drafts.text(room.id), write: (text) => chat.drafts.write(room.id, text) };
}
