import { USER_EVENTS } from '../events.js';
import { Observable } from '../lib/observable.js';
import { atWallTime, comingTime, wallTime } from '../lib/time.js';
import { uuid7 } from '../lib/uuid7.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MOST_DAYS = 366;

/** My messages that are to be sent later, or could not be: `{id, roomId, text, at, replyTo?, threadOf?, failed?}` each. */
export class ScheduledMessages extends Observable {
  /** True once the server has said what there is. */
  loaded = false;
  #items = new Map();
  #news = 0;
  /** What was asked for and not answered: asked for again it is the same message. */
  #asked = new Map();

  constructor({ api }) {
    super();
    this.api = api;
  }

  /** The next first; of one room or of all. */
  list(roomId) {
    const all = [...this.#items.values()].filter((item) => !roomId || item.roomId === roomId);
    return all.sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.id < other.id ? -1 : 1));
  }

  get failures() {
    return this.list().filter(({ failed }) => failed).length;
  }

  async load() {
    for (let seen; seen !== this.#news;) {
      seen = this.#news;
      const { items } = await this.api.get('chat/scheduled');
      if (seen === this.#news) this.#items = new Map(items.map((item) => [item.id, item]));
    }
    this.loaded = true;
    this.changed();
  }

  /** `words`: `{text, replyTo?, threadOf?}`; `at`: when, in milliseconds. */
  async plan(roomId, words, at) {
    const key = JSON.stringify([roomId, words]);
    const clientId = this.#asked.get(key) ?? uuid7();
    this.#asked.set(key, clientId);
    const kept = await this.api.post(`chat/rooms/${roomId}/scheduled`, { clientId, ...words, at: iso(at) });
    this.#is(kept);
    // An earlier try had come through, with another time.
    if (Date.parse(kept.at) !== at) await this.change(clientId, { at });
    this.#asked.delete(key);
    return this.#items.get(clientId) ?? kept;
  }

  /** Other words, another time (in milliseconds), or both. What failed is tried again. */
  async change(id, { text, at }) {
    this.#is(await this.#asking(id, () => this.api.patch(`chat/scheduled/${id}`, { text, at: at && iso(at) })));
  }

  async cancel(id) {
    await this.#asking(id, () => this.api.delete(`chat/scheduled/${id}`));
    this.#isGone(id);
  }

  /** Under the id that it was to have: whoever comes second, this or its time, finds it said. */
  async sendNow({ id, roomId, text, replyTo, threadOf }) {
    await this.api.post(`chat/rooms/${roomId}/messages`, { clientId: id, text, replyTo, threadOf });
    await this.api.delete(`chat/scheduled/${id}`).catch((problem) => { if (problem.status !== 404) throw problem; });
    this.#isGone(id);
  }

  /** Something changed, here, on another device of mine, or because its time had come. */
  hear(event) {
    if (event.type !== USER_EVENTS.scheduled) return;
    if (event.scheduled) this.#is(event.scheduled);
    else this.#isGone(event.id);
  }

  async #asking(id, ask) {
    try {
      return await ask();
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      this.#isGone(id);
      throw Object.assign(problem, { message: 'It has been sent, or taken back, already.' });
    }
  }

  #is(item) {
    this.#news++;
    this.#items.set(item.id, item);
    this.changed();
  }

  #isGone(id) {
    this.#news++;
    if (this.#items.delete(id)) this.changed();
  }
}

const iso = (at) => new Date(at).toISOString();

/** Times that one may well mean, soonest first: `{name, label, at}`. Days and hours are those of the reader's zone. */
export function goodTimes(now = Date.now()) {
  const today = wallTime(now).slice(0, 10);
  const hour = Number(wallTime(now).slice(11, 13));
  const monday = (8 - dayOfWeek(today)) % 7 || 7;
  const choice = (name, at) => ({ name, at, label: capital(comingTime(at, now)) });
  return [
    { ...choice('hour', Math.ceil((now + 60 * MINUTE) / MINUTE) * MINUTE), label: 'In one hour' },
    hour < 7 && choice('morning', atWallTime(`${today}T09:00`)),
    hour < 17 && choice('evening', atWallTime(`${today}T18:00`)),
    choice('tomorrow', atWallTime(`${later(today, 1)}T09:00`)),
    monday > 1 && choice('monday', atWallTime(`${later(today, monday)}T09:00`)),
  ].filter(Boolean);
}

/** What is wrong with a time that was picked (`2026-03-07T09:00`), if anything. */
export function whyNotAt(wall, now = Date.now()) {
  const at = atWallTime(wall);
  if (Number.isNaN(at)) return 'Please pick a date and a time.';
  if (at <= now) return 'This time has passed.';
  return at > now + MOST_DAYS * DAY ? 'At most a year ahead, please.' : undefined;
}

/** Where picking begins: tomorrow at nine. */
export const firstPick = (now = Date.now()) => `${later(wallTime(now).slice(0, 10), 1)}T09:00`;

const utc = (day) => new Date(`${day}T00:00Z`);
const dayOfWeek = (day) => utc(day).getUTCDay();
const later = (day, days) => new Date(utc(day).getTime() + days * DAY).toISOString().slice(0, 10);
const capital = (text) => text[0].toLocaleUpperCase() + text.slice(1);
