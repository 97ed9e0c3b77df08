/** Something views and other models can watch. `changed()` tells everyone who subscribed; it carries no payload. */
export class Observable {
  #watchers = new Set();

  /** Calls `watcher` after every change until the returned function is called. */
  subscribe(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  changed() {
    for (const watcher of [...this.#watchers]) watcher(this);
  }
}
