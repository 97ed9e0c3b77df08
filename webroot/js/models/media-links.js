import { below } from '../lib/address.js';

/** Asked for anew so long before its end. */
const MARGIN = 30_000;

/**
 * Where files are asked for. At home the browser sends its cookie; a page of another origin gets short-lived addresses that
 * need none.
 */
export class MediaLinks {
  #links = new Map();

  constructor({ api, now = Date.now }) {
    Object.assign(this, { api, now });
  }

  /** At once, or undefined where it takes a link. */
  direct(id, small) {
    return this.api.atHome ? this.api.address(`media/${id}${small ? '/thumbnail' : ''}`) : undefined;
  }

  /** The address of a file, or of its small picture. */
  async find(id, small) {
    const direct = this.direct(id, small);
    if (direct) return direct;
    const { url, thumbnailUrl } = await this.#link(id);
    return below(this.api.base, small ? thumbnailUrl ?? url : url);
  }

  /** It does not open any more. */
  forget(id) {
    this.#links.delete(id);
  }

  #link(id) {
    const held = this.#links.get(id);
    if (held && held.until > this.now()) return held.link;
    const entry = { until: Infinity, link: this.api.post(`media/${id}/link`) };
    this.#links.set(id, entry);
    entry.link.then(({ expiresIn }) => { entry.until = this.now() + expiresIn * 1_000 - MARGIN; }, () => this.forget(id));
    return entry.link;
  }
}
