import { Observable } from '../lib/observable.js';
import { backoff, limited } from '../lib/timers.js';
import { sizeOf } from './attachments.js';
import { explain } from './problems.js';

/** How many files a message carries at most. */
export const MOST = 10;
const AT_ONCE = 2;
/** Nothing has moved for so long: the connection is dead, whatever it says. */
const STALLS = 60_000;

/**
 * Files on their way to the server, a tray of them for each place where one writes. Trays live as long as the page; `store`
 * (like `sessionStorage`) only remembers what lay in them, so that after a reload the finished ones are there again and the
 * others are told to be gone.
 */
export class Uploads {
  #trays = new Map();
  #turn = limited(AT_ONCE);

  /** @param send ({file, name, voice}, {signal, onProgress}) => Promise<attachment>; @param forget (id) what will not be sent */
  constructor({ userId, send, forget, store, wait = backoff, stalls = STALLS }) {
    Object.assign(this, { send, forget, store, wait, stalls, key: `parley-uploads-${userId}` });
    this.left = this.#stored();
  }

  /** The tray of a room (its id), or of a thread in it (`<room>/<seq>`). */
  tray(place) {
    if (!this.#trays.has(place)) {
      const tray = new Tray(this, this.#turn, this.left[place]);
      tray.onKept = () => this.#store();
      this.#trays.set(place, tray);
    }
    return this.#trays.get(place);
  }

  /** There is a connection again: do not wait any longer. */
  wake() {
    for (const tray of this.#trays.values()) tray.wake();
  }

  /** The room is no longer mine. */
  dropRoom(roomId) {
    for (const [place, tray] of this.#trays) if (place.split('/')[0] === roomId) tray.empty();
  }

  /** Signed out. */
  stop() {
    for (const tray of this.#trays.values()) tray.stop();
    try {
      this.store?.removeItem(this.key);
    } catch {
      // Forbidden: then nothing was kept.
    }
  }

  #stored() {
    try {
      return JSON.parse(this.store?.getItem(this.key) ?? '{}') ?? {};
    } catch {
      return {};
    }
  }

  #store() {
    const shelf = { ...this.left };
    for (const [place, tray] of this.#trays) shelf[place] = tray.kept;
    try {
      this.store?.setItem(this.key, JSON.stringify(Object.fromEntries(Object.entries(shelf).filter(([, kept]) => kept.length))));
    } catch {
      // Full or forbidden: after a reload nothing is said.
    }
  }
}

/**
 * The files of one message to be. An item is `{id, name, type, size, voice?, file?, state, progress, problem?, vain?, attachment?}`;
 * `state` is `waiting` (its turn), `sending`, `retrying` (no connection), `failed` (`vain`: for good), `gone` (with the page before) or `done`.
 */
export class Tray extends Observable {
  items = [];
  /** Something to say about what was added. */
  note = '';
  /** Called after each change that outlives the page. */
  onKept = () => {};
  #count = 0;
  #armed = null;

  constructor(ways, turn, kept = []) {
    super();
    Object.assign(this, { ways, turn });
    this.items = kept.map(({ attachment, ...rest }) => ({
      ...rest, id: ++this.#count, attachment, state: attachment ? 'done' : 'gone', progress: attachment ? 1 : 0,
    }));
  }

  get busy() {
    return this.items.some(({ state }) => MOVING.has(state));
  }

  /** Something that will not come by itself. */
  get stuck() {
    return this.items.some(({ state }) => state === 'failed' || state === 'gone');
  }

  /** True while the message goes as soon as its files are there. */
  get armed() {
    return !!this.#armed;
  }

  get attachments() {
    return this.items.filter(({ state }) => state === 'done').map(({ attachment }) => attachment);
  }

  get kept() {
    return this.items.map(({ name, type, size, voice, attachment }) => ({ name, type, size, voice, attachment }));
  }

  add(files, { voice } = {}) {
    const taken = [...files].slice(0, MOST - this.items.length);
    this.note = taken.length < files.length ? `A message carries at most ${MOST} files: ${leftOut(files.length - taken.length)} out.` : '';
    const items = taken.map((file) => ({ id: ++this.#count, file, name: file.name || 'file', type: file.type, size: file.size, voice }));
    this.items = [...this.items, ...items];
    for (const item of items) this.#run(item);
    this.#keep();
  }

  say(note) {
    this.note = note;
    this.changed();
  }

  retry(id) {
    const item = this.#find(id);
    if (item?.state === 'failed') this.#run(item);
    else item?.resume?.();
    this.changed();
  }

  /** Gives one up; what has arrived of it is forgotten there as well. */
  remove(id) {
    const item = this.#find(id);
    if (!item) return;
    this.items = this.items.filter((one) => one !== item);
    item.stop?.abort();
    item.resume?.();
    if (item.attachment) this.ways.forget(item.attachment.id);
    if (!this.items.length) this.disarm();
    this.#settle();
  }

  /** Everything is given up. */
  empty() {
    for (const { id } of this.items) this.remove(id);
  }

  /** They went with a message. */
  clear() {
    this.items = [];
    this.note = '';
    this.disarm();
    this.#keep();
  }

  /** `send` is called once all files are there, unless one of them fails. */
  whenDone(send) {
    this.#armed = send;
    this.#settle();
  }

  disarm() {
    this.#armed = null;
    this.changed();
  }

  wake() {
    for (const item of this.items) item.resume?.();
  }

  stop() {
    this.#armed = null;
    for (const item of this.items) {
      item.stop?.abort();
      item.resume?.();
    }
  }

  #find(id) {
    return this.items.find((item) => item.id === id);
  }

  async #run(item) {
    const stop = new AbortController();
    this.#is(item, { stop, state: 'waiting', progress: 0, problem: undefined });
    for (let attempt = 0; !stop.signal.aborted; attempt++) {
      try {
        this.#arrived(item, stop, await this.turn(() => this.#send(item, stop.signal)));
        return;
      } catch (problem) {
        if (stop.signal.aborted) return;
        if (!passes(problem)) {
          this.#is(item, { state: 'failed', problem: whyNot(problem), vain: VAIN.has(problem.slug) });
          this.disarm();
          return;
        }
        this.#is(item, { state: 'retrying', problem: whyLater(problem) });
        await this.#pause(item, Math.max(this.ways.wait(attempt), (problem.retryAfter ?? 0) * 1_000));
      }
    }
  }

  async #send(item, signal) {
    const once = new AbortController();
    const giveUp = () => once.abort();
    if (signal.aborted) throw new Error('given up');
    signal.addEventListener('abort', giveUp, { once: true });
    this.#is(item, { state: 'sending', progress: 0, problem: undefined });
    let timer = setTimeout(giveUp, this.ways.stalls);
    const onProgress = (progress) => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, this.ways.stalls);
      this.#is(item, { progress });
    };
    try {
      return await this.ways.send(item, { signal: once.signal, onProgress });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** It may have been given up while its answer was on the way. */
  #arrived(item, stop, attachment) {
    if (stop.signal.aborted) {
      this.ways.forget(attachment.id);
      return;
    }
    this.#is(item, { state: 'done', progress: 1, attachment });
    this.#settle();
  }

  #settle() {
    this.#keep();
    if (!this.#armed || this.busy || this.stuck) return;
    const send = this.#armed;
    this.#armed = null;
    send();
    this.changed();
  }

  #keep() {
    this.onKept();
    this.changed();
  }

  #is(item, what) {
    Object.assign(item, what);
    this.changed();
  }

  #pause(item, milliseconds) {
    return new Promise((resolve) => {
      const resume = () => {
        clearTimeout(timer);
        item.resume = undefined;
        resolve();
      };
      const timer = setTimeout(resume, milliseconds);
      item.resume = resume;
    });
  }
}

const MOVING = new Set(['waiting', 'sending', 'retrying']);

/** No answer, or one that says to come again: the same file goes again by itself. */
const passes = ({ status, slug }) => !status || status === 429 || (status === 503 && slug !== 'storage-full');

/** The same file would be refused again. */
const VAIN = new Set(['too-large', 'picture-unreadable', 'unsupported-type']);

const leftOut = (count) => (count === 1 ? '1 was left' : `${count} were left`);

const whyLater = ({ status }) => (status ? 'The server is busy. Trying again…' : 'No connection. Trying again…');

const BY_SLUG = {
  'quota-spent': 'You have no room left for files.',
  'storage-full': 'The server has no room left for files.',
  'picture-unreadable': 'This picture is damaged and cannot be read.',
};

/** Why a file was refused, in a few words beside it. */
function whyNot(problem) {
  const most = Number(/(\d+) bytes/.exec(problem.field?.('file') ?? '')?.[1]);
  if (problem.slug === 'too-large' && most) return `Too large: at most ${sizeOf(most)}.`;
  if (problem.slug === 'too-large') return problem.field?.('file') ? `Too large: it ${problem.field('file')}.` : 'Too large.';
  return BY_SLUG[problem.slug] ?? explain(problem);
}
