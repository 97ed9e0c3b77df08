// Who may make an account, and the links by which people make one.

import { Observable } from '../../../js/lib/observable.js';

const PAGE = 100;

/** What there is to choose: `{mode, title, says}`. */
export const MODES = [
  { mode: 'open', title: 'Open', says: 'Everybody makes an account.' },
  { mode: 'invite', title: 'By invitation', says: 'Whoever was given a link makes an account.' },
  { mode: 'closed', title: 'Closed', says: 'Nobody makes an account, but by a link for an administrator.' },
];

export const modeTitle = (mode) => MODES.find((one) => one.mode === mode)?.title ?? mode;

/** Where the mode comes from, and so who can change it. */
export function originInWords({ fixed }) {
  return fixed
    ? 'The start of the server says so (--registration), and it stays so until a start without that setting.'
    : 'Administrators say so, here. It counts at once, on every node; accounts that are there are not touched.';
}

/** The wish for a link, out of what a form holds; without a note it has none. */
export function linkWish({ role, uses, hours, note }) {
  return { role, maxUses: Number(uses), expiresInHours: Number(hours), note: note.trim() || undefined };
}

/** The mode that is in force and the links that are good. The server lists dead links too; they are left out here. */
export class Registration extends Observable {
  state = null;
  links = null;
  made = null;
  next;

  constructor({ api }) {
    super();
    this.api = api;
  }

  async load() {
    this.state = await this.api.get('admin/registration');
    await this.#loadLinks();
  }

  /** Links that are older than those that were loaded. */
  async more() {
    const { items, next } = await this.#page(this.next);
    this.#show([...this.links, ...items], next);
  }

  /** A start that has the last word (409) is no failure here: the mode is shown as it stands, and false is answered. */
  async change(mode) {
    try {
      this.state = await this.api.patch('admin/registration', { mode });
    } catch (problem) {
      if (problem.status !== 409) throw problem;
      this.state = await this.api.get('admin/registration');
    }
    await this.#loadLinks();
    return this.state.mode === mode;
  }

  /** What opens is in `made`, this once. */
  async make(wish) {
    this.made = await this.api.post('admin/registration/invites', wish);
    await this.#loadLinks();
  }

  /** One that is gone already has ended as well. */
  async end(id) {
    await this.api.delete(`admin/registration/invites/${id}`).catch((problem) => { if (problem.status !== 404) throw problem; });
    if (this.made?.id === id) this.made = null;
    await this.#loadLinks();
  }

  async #loadLinks() {
    const { items, next } = await this.#page();
    this.#show(items, next);
  }

  #page(before) {
    return this.api.get('admin/registration/invites', { before, limit: PAGE });
  }

  #show(items, next) {
    this.links = items.filter(({ live }) => live);
    this.next = next;
    this.changed();
  }
}
