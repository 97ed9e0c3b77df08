import { Observable } from '../../../js/lib/observable.js';
import { searchOf } from './route.js';

export const PAGE = 50;
/** As many as the server takes in one request. */
export const AT_ONCE = 100;

/** One list: the page of it that is shown, and which of its rows are chosen. */
export class Rows extends Observable {
  items = null;
  next = undefined;
  busy = false;
  problem = null;
  chosen = new Set();
  #newest = 0;

  constructor({ api, model }) {
    super();
    Object.assign(this, { api, model });
  }

  /** Shows what `query` says. Of several questions only the newest counts. */
  async load(query) {
    const question = ++this.#newest;
    this.query = query;
    this.busy = true;
    this.changed();
    const found = await this.#page(query).catch((problem) => ({ problem }));
    if (question !== this.#newest) return;
    this.busy = false;
    this.problem = found.problem ?? null;
    this.items = found.items ?? (this.problem ? null : []);
    this.next = found.next;
    this.chosen = new Set((this.items ?? []).map(({ id }) => id).filter((id) => this.chosen.has(id)));
    this.changed();
  }

  reload() {
    return this.query && this.load(this.query);
  }

  #page({ q, sort, filters, after }) {
    const filter = filters.map(({ name, value }) => `${name}:${value}`);
    return this.api.get(`admin/${this.model.name}`, { q, sort, filter, after, limit: PAGE });
  }

  choose(id, yes) {
    if (yes) this.chosen.add(id);
    else this.chosen.delete(id);
    this.changed();
  }

  chooseAll(yes) {
    this.chosen = new Set(yes ? this.items.map(({ id }) => id) : []);
    this.changed();
  }

  get allChosen() {
    return !!this.items?.length && this.chosen.size === this.items.length;
  }

  /** The list as a file, with the same search, order and filters. */
  export() {
    const search = searchOf({ ...this.query, after: '' }).toString();
    return this.api.bytes(`admin/${this.model.name}/export${search ? `?${search}` : ''}`);
  }
}

/** What can be done to rows of a model. */
export class Deeds {
  constructor({ api, model }) {
    Object.assign(this, { api, path: `admin/${model.name}` });
  }

  async get(id) {
    return (await this.api.get(this.#of(id))).item;
  }

  async create(fields) {
    return (await this.api.post(this.path, fields)).item;
  }

  change(id, fields) {
    return this.api.patch(this.#of(id), fields);
  }

  /** Also `delete`, where the model offers it: `{done: [id], failed: [{id, status, detail}]}` */
  act(action, ids, fields) {
    return this.api.post(`${this.path}/actions`, { action, ids: ids.slice(0, AT_ONCE), fields });
  }

  #of(id) {
    return `${this.path}/${encodeURIComponent(id)}`;
  }
}
