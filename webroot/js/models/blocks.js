import { USER_EVENTS } from '../events.js';
import { Observable } from '../lib/observable.js';

/** Whom I have blocked, and who may open a conversation with me. */
export class Blocks extends Observable {
  /** True once the server has said it. */
  loaded = false;
  directFrom = null;
  #people = new Map();

  constructor({ api }) {
    super();
    this.api = api;
  }

  has(userId) {
    return this.#people.has(userId);
  }

  list() {
    return [...this.#people.values()].sort((one, other) => one.displayName.localeCompare(other.displayName));
  }

  async load() {
    const { items } = await this.api.get('users/me/blocks');
    this.#people = new Map(items.map((user) => [user.id, user]));
    this.loaded = true;
    this.changed();
  }

  async loadPrivacy() {
    this.#is(await this.api.get('users/me/privacy'));
  }

  async setPrivacy(directFrom) {
    this.#is(await this.api.patch('users/me/privacy', { directFrom }));
  }

  async block(user) {
    await this.api.put(`users/me/blocks/${user.id}`);
    this.#people.set(user.id, user);
    this.changed();
  }

  async unblock(user) {
    await this.api.delete(`users/me/blocks/${user.id}`);
    this.#people.delete(user.id);
    this.changed();
  }

  /** Done on another device of mine: the event tells no names, so ask for them. */
  hear(event) {
    if (event.type !== USER_EVENTS.block || this.has(event.userId) === event.blocked) return;
    if (event.blocked) this.load().catch(() => {});
    else {
      this.#people.delete(event.userId);
      this.changed();
    }
  }

  #is({ directFrom }) {
    this.directFrom = directFrom;
    this.changed();
  }
}
