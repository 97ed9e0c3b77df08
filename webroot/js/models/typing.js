export const TYPING_EXPIRES = 5_000;
const SENDS_EVERY = 2_000;

/** Who is writing in a room. `people()` forgets whoever was last heard five seconds ago. */
export class Typing {
  #people = new Map();
  #sentAt = -Infinity;

  constructor(now = Date.now) {
    this.now = now;
  }

  heard(user) {
    this.#people.set(user.id, { user, until: this.now() + TYPING_EXPIRES });
  }

  /** They sent the message, left, or we lost the connection. */
  stopped(userId) {
    return this.#people.delete(userId);
  }

  clear() {
    this.#people.clear();
  }

  people() {
    for (const [id, { until }] of this.#people) if (until <= this.now()) this.#people.delete(id);
    return [...this.#people.values()].map(({ user }) => user);
  }

  /** True when it is time to tell the others that I am writing: at most once in two seconds. */
  shouldSend() {
    if (this.now() - this.#sentAt < SENDS_EVERY) return false;
    this.#sentAt = this.now();
    return true;
  }
}
