import { Observable } from '../../../js/lib/observable.js';
import { Catalogue } from './catalogue.js';

const MOST_NOTICES = 4;
const MOST_NAMES = 500;

/** What all parts of the panel share: the server, who is signed in, the models, and short news for the reader. */
export class Panel extends Observable {
  notices = [];
  #count = 0;
  #names = new Map();

  constructor({ api, session, account }) {
    super();
    Object.assign(this, { api, session, account, catalogue: new Catalogue({ api }) });
  }

  /** What a row has been called where it was seen, so that nobody need look for it again: looking is an act of its own. */
  remember(id, name) {
    if (!name || name === id) return;
    this.#names.delete(id);
    this.#names.set(id, name);
    if (this.#names.size > MOST_NAMES) this.#names.delete(this.#names.keys().next().value);
  }

  nameOf(id) {
    return this.#names.get(id);
  }

  get me() {
    return this.session.user;
  }

  notify(text) {
    this.notices = [...this.notices, { id: ++this.#count, text }].slice(-MOST_NOTICES);
    this.changed();
  }

  dismiss(id) {
    this.notices = this.notices.filter((notice) => notice.id !== id);
    this.changed();
  }
}
