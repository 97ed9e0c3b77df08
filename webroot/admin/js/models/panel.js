import { Observable } from '../../../js/lib/observable.js';
import { Catalogue } from './catalogue.js';

const MOST_NOTICES = 4;

/** What all parts of the panel share: the server, who is signed in, the models, and short news for the reader. */
export class Panel extends Observable {
  notices = [];
  #count = 0;

  constructor({ api, session, account }) {
    super();
    Object.assign(this, { api, session, account, catalogue: new Catalogue({ api }) });
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
