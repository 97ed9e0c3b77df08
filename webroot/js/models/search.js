import { Observable } from '../lib/observable.js';

const PAGE = 20;
/** People and rooms are shown beside the messages; whoever looks for one of many types more. */
const NAMES = 5;
/** As many short pages in a row are fetched at once before one is asked again. */
const PATIENCE = 5;

/** What can be typed beside words, with what it does. */
export const FILTERS = Object.freeze([
  { insert: 'from:@', says: 'who said it' },
  { insert: 'in:', says: 'a conversation' },
  { insert: 'before:', says: 'a day, 2026-01-31' },
  { insert: 'after:', says: 'a day, 2026-01-01' },
  { insert: 'has:', says: 'link, file, image, video, audio or voice' },
]);

const FILTER = /(?:^|\s)(?:from|in|before|after|has):(?:"[^"]*"?|\S*)/giu;

/** What of a query can be a name: the words without filters and quotes. */
export const nameIn = (query) => query.replace(FILTER, ' ').replaceAll('"', ' ').replace(/\s+/gu, ' ').trim();

export const hasFilter = (query) => query.search(FILTER) >= 0;

const UNFINISHED = /(?:^|\s)(?:from:@?|in:"?|(?:before|after):[\d-]{0,9}|has:([a-z]*))$/iu;
const KINDS = ['link', 'file', 'image', 'video', 'audio', 'voice'];
const isBegun = (kind = '') => !kind || KINDS.some((one) => one !== kind && one.startsWith(kind.toLowerCase()));

/** `query` without a filter at its end that is still being typed: it would only be refused. */
export const finished = (query) => query.replace(UNFINISHED, (all, kind) => (isBegun(kind) ? '' : all)).trim();

/** `query` with the beginning of a filter at its end, where the person goes on. */
export function withFilter(query, insert) {
  const before = query.replace(/\s+$/u, '');
  return before ? `${before} ${insert}` : insert;
}

/** The query that looks in one room alone, ready for more words. */
export const inRoom = (room) => `in:${room.id ? quoted(room) : ''} `;

const quoted = ({ id, kind, other, title }) => {
  if (kind === 'direct') return other ? `@${other.username}` : id;
  return /[\s"]/u.test(title) ? (title.includes('"') ? id : `"${title}"`) : title;
};

/** A text in pieces, `{text, marked}`: what stands at the places (pairs of UTF-16 offsets) is marked. Anything odd is not. */
export function pieces(text, places) {
  const cut = [];
  let at = 0;
  for (const [start, end] of places) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) cut.push({ text: text.slice(at, start), marked: false });
    cut.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) cut.push({ text: text.slice(at), marked: false });
  return cut;
}

/** A long text from shortly before its first mark on; where something is left out there is an ellipsis. */
export function excerpt(text, places, before = 60, most = 300) {
  const first = places[0]?.[0] ?? 0;
  let start = first > before * 2 ? first - before : 0;
  // Not in the middle of a character.
  if (start && /[\uDC00-\uDFFF]/.test(text[start])) start--;
  let end = Math.min(text.length, start + most);
  if (end < text.length && /[\uDC00-\uDFFF]/.test(text[end])) end--;
  const shown = pieces(text.slice(start, end), places
    .map(([from, to]) => [from - start, Math.min(to, end) - start]));
  if (start) shown.unshift({ text: '…', marked: false });
  if (end < text.length) shown.push({ text: '…', marked: false });
  return shown;
}

/**
 * People, rooms and messages that a query finds. Each is asked for by itself and shown when it is there; an answer to
 * what was typed before is thrown away. `messages` is null before the first page; `next` is where older ones are.
 */
export class Search extends Observable {
  query = '';
  people = [];
  rooms = [];
  messages = null;
  next = undefined;
  busy = false;
  problem = null;
  #asked = 0;

  constructor({ api, mine }) {
    super();
    Object.assign(this, { api, mine });
  }

  get empty() {
    return !this.busy && !this.problem && !!this.messages && !this.messages.length && !this.people.length && !this.rooms.length;
  }

  async ask(query) {
    const wanted = finished(query);
    const turn = ++this.#asked;
    Object.assign(this, { query: wanted, next: undefined, problem: null, busy: !!wanted, messages: wanted ? this.messages : null });
    if (!wanted) {
      Object.assign(this, { people: [], rooms: [] });
      this.changed();
      return;
    }
    const name = hasFilter(wanted) ? '' : nameIn(wanted);
    this.rooms = name ? this.#roomsCalled(name) : [];
    this.changed();
    await Promise.all([this.#people(name, turn), this.#page(turn, [])]);
  }

  /** Older ones. */
  async more() {
    if (!this.next || this.busy) return;
    Object.assign(this, { busy: true, problem: null });
    this.changed();
    // The same question still: people who are not found yet are waited for.
    await this.#page(this.#asked, this.messages ?? []);
  }

  #roomsCalled(name) {
    const wanted = name.toLocaleLowerCase();
    return this.mine().filter(({ title }) => title.toLocaleLowerCase().includes(wanted)).slice(0, NAMES);
  }

  async #people(name, turn) {
    if (!name || name.length > 64) {
      this.people = [];
      return;
    }
    try {
      const { items } = await this.api.get('users', { q: name, limit: NAMES });
      if (turn !== this.#asked) return;
      this.people = items;
    } catch (problem) {
      if (turn !== this.#asked) return;
      // What is no name to the server is nobody's; any other failure is not the same as finding nobody.
      Object.assign(this, { people: [], problem: problem.definite ? this.problem : this.problem ?? problem });
    }
    this.changed();
  }

  async #page(turn, before) {
    let messages = before;
    let next = before.length ? this.next : undefined;
    try {
      for (let page = 0; page < PATIENCE; page++) {
        const found = await this.api.get('chat/search', { q: this.query, limit: PAGE, ...(next && { before: next }) });
        if (turn !== this.#asked) return;
        messages = [...messages, ...found.items];
        next = found.next;
        if (!next || messages.length > before.length) break;
      }
      Object.assign(this, { messages, next, busy: false });
    } catch (problem) {
      if (turn !== this.#asked) return;
      Object.assign(this, { messages: before, problem, busy: false });
    }
    this.changed();
  }
}
