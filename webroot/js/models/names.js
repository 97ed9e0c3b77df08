import { Observable } from '../lib/observable.js';
import { limited } from '../lib/timers.js';

/** Who is behind an id: whoever was heard of, and on demand those who were not. */
export class Names extends Observable {
  #known = new Map();
  #asked = new Set();
  #turn = limited(4);

  constructor(api) {
    super();
    this.api = api;
  }

  add(user) {
    this.#known.set(user.id, user);
  }

  get(id) {
    return this.#known.get(id);
  }

  /** Asks for those of them who are not known, once. */
  want(ids) {
    for (const id of ids) if (!this.#known.has(id) && !this.#asked.has(id)) this.#ask(id);
  }

  async #ask(id) {
    this.#asked.add(id);
    try {
      this.add(await this.#turn(() => this.api.get(`users/${id}`)));
      this.changed();
    } catch (problem) {
      if (!problem.definite) this.#asked.delete(id);
    }
  }
}
