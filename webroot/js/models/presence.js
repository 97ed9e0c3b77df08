/** Who is in a room right now, as far as we were told: up to 100 ids, and how many there are in all. */
export class Presence {
  count = 0;
  #online = new Set();

  heard({ online, userId, count }) {
    if (Array.isArray(online)) this.#online = new Set(online);
    else if (online) this.#online.add(userId);
    else this.#online.delete(userId);
    this.count = count ?? this.#online.size;
  }

  has(userId) {
    return this.#online.has(userId);
  }

  clear() {
    this.#online.clear();
    this.count = 0;
  }
}
