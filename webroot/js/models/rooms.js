import { ROOM_EVENTS, USER_EVENTS } from '../events.js';
import { Observable } from '../lib/observable.js';
import { backoff, limited } from '../lib/timers.js';
import { FAR } from './cursor.js';
import { Room } from './room.js';

/**
 * My rooms, kept exact by my user version: events of `user.<me>` that are contiguous are applied, anything else asks
 * `GET /chat/rooms?since=`.
 */
export class Rooms extends Observable {
  loaded = false;
  #rooms = new Map();
  #version = 0;
  #refreshing = null;
  #again = false;
  #stopped = false;
  /** After an absence a thousand rooms may want to sync: a few at a time, or they time out waiting for each other. */
  #turn = limited(4);

  /** @param onAdded (rooms) a room is new here: register it; @param onLost (room, deleted) it is no longer mine; @param onMine (event) of my own that is of no room; @param onRefreshed what came meanwhile was asked for */
  constructor({ me, api, onAdded = () => {}, onLost = () => {}, onOwn = () => {}, names, onMine = () => {}, onRefreshed = () => {}, pause = wait }) {
    super();
    Object.assign(this, { me, api, onAdded, onLost, onOwn, names, onMine, onRefreshed, pause });
  }

  get(roomId) {
    return this.#rooms.get(roomId);
  }

  ids() {
    return [...this.#rooms.keys()];
  }

  meIs(user) {
    this.me = user;
    for (const room of this.list()) room.me = user;
  }

  /** Those on top first; by last activity, the newest first; then by name. */
  list() {
    return [...this.#rooms.values()].sort((one, other) =>
      Number(!!other.place.pinnedAt) - Number(!!one.place.pinnedAt) || compare(other.activity, one.activity) || names.compare(one.title, other.title));
  }

  /** How much I want to be told of. */
  get unread() {
    let sum = 0;
    for (const room of this.#rooms.values()) sum += room.wanted;
    return sum;
  }

  /** Unread messages that call me. */
  get mentions() {
    let sum = 0;
    for (const room of this.#rooms.values()) sum += room.place.mentions;
    return sum;
  }

  /** A room I made or joined just now. */
  put(row) {
    const known = this.#rooms.get(row.id);
    if (known) known.refresh(row);
    else this.#add(row);
    this.changed();
    return this.#rooms.get(row.id);
  }

  /** The room is gone, or I am out of it. */
  drop(roomId, deleted = false) {
    const room = this.#rooms.get(roomId);
    if (!room) return;
    this.#rooms.delete(roomId);
    room.stop();
    this.onLost(room, deleted);
    this.changed();
  }

  hear(roomId, event) {
    if (event.type === ROOM_EVENTS.gone) this.drop(roomId, true);
    else this.#rooms.get(roomId)?.hear(event);
  }

  /** What the bus says on my own address. */
  hearMine(event) {
    if (event.type === USER_EVENTS.head) {
      this.head(event.version);
    } else if (event.version === this.#version + 1) {
      this.#version = event.version;
      this.#apply(event);
    } else if (event.version > this.#version) {
      this.refresh();
    }
  }

  /** Where my user version stands on the server. */
  head(version) {
    if (version !== undefined && version !== this.#version) this.refresh(version < this.#version);
  }

  /** What changed since my version; everything when the server went back in time, or is far ahead. */
  refresh(full = false) {
    if (full) this.loaded = false;
    this.#again = !!this.#refreshing;
    this.#refreshing ??= this.#refresh().finally(() => { this.#refreshing = null; });
    return this.#refreshing;
  }

  disconnected() {
    for (const room of this.#rooms.values()) room.disconnected();
  }

  stop() {
    this.#stopped = true;
    for (const room of this.#rooms.values()) room.stop();
  }

  async #refresh() {
    for (let attempt = 0; !this.#stopped;) {
      this.#again = false;
      try {
        await this.#fetch();
        if (this.loaded && !this.#again) {
          this.onRefreshed();
          return;
        }
      } catch (problem) {
        if (problem.status === 401) return;
        await this.pause(backoff(attempt++));
      }
    }
  }

  async #fetch() {
    if (!this.loaded) {
      this.#replace(await this.api.get('chat/rooms'));
      return;
    }
    const since = this.#version;
    const answer = await this.api.get('chat/rooms', { since });
    if (answer.version < since || answer.version - since > FAR) this.loaded = false;
    else this.#update(answer);
  }

  #replace(answer) {
    if (this.#stopped) return;
    const present = new Set(answer.items.map(({ id }) => id));
    for (const id of this.ids()) if (!present.has(id)) this.drop(id);
    this.#version = 0;
    this.#update(answer);
    this.loaded = true;
    this.changed();
  }

  #update({ items, lost, heads, version }) {
    if (this.#stopped) return;
    for (const id of lost) if (!heads.some(({ roomId }) => roomId === id)) this.drop(id);
    for (const row of items) this.put(row);
    for (const head of heads) this.#rooms.get(head.roomId)?.head(head);
    this.#version = Math.max(this.#version, version);
    this.changed();
  }

  #apply(event) {
    if (event.type === USER_EVENTS.roomAdded) this.put(event.room);
    if (event.type === USER_EVENTS.roomRemoved) this.drop(event.roomId);
    if (event.type === USER_EVENTS.reacted) this.#rooms.get(event.roomId)?.reacted(event);
    if (event.type === USER_EVENTS.read) this.#rooms.get(event.roomId)?.readElsewhere(event.readSeq);
    if (event.type === USER_EVENTS.place) this.#rooms.get(event.roomId)?.placed(event.me);
    if (event.type === USER_EVENTS.mention) this.#rooms.get(event.roomId)?.calledIn(event.seq);
    this.onMine(event);
  }

  #add(row) {
    const room = new Room(row, { me: this.me, api: this.api, turn: this.#turn, onOwn: this.onOwn, names: this.names, failed: this.#failed(row.id) });
    room.subscribe(() => this.changed());
    this.#rooms.set(row.id, room);
    this.onAdded(room);
  }

  /** What a room does after a sync that failed: a room that is not found is gone; otherwise wait and try again. */
  #failed(roomId) {
    return async (problem, attempt) => {
      if (problem?.status === 404) this.drop(roomId);
      if (problem?.status === 404 || problem?.status === 401) return false;
      await this.pause(backoff(attempt));
      return this.#rooms.has(roomId);
    };
  }
}

const names = new Intl.Collator(undefined, { numeric: true });

const compare = (one, other) => (one < other ? -1 : Number(one > other));

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
