/** Refreshed this long before the end, or after half of a life that is shorter than two of it. */
const MARGIN = 30_000;
/** Requests that are made without a token, and whose refusal is not about one. */
const OPEN = new Set(['auth/login', 'auth/register', 'auth/refresh', 'auth/exchange']);
const KEY = 'parley-tokens';

/** Where the page is of the server's own origin: the browser sends the cookie, and writes repeat the CSRF token. */
export class SiteCookie {
  atHome = true;
  /** Lives in memory only. */
  csrfToken;

  get proof() {
    return this.csrfToken;
  }

  async headers(api, method) {
    return method !== 'GET' && this.csrfToken ? { 'X-CSRF-Token': this.csrfToken } : {};
  }

  /** There is nothing to renew but by asking who is signed in. */
  async renewed() {
    return false;
  }

  /** `{user, csrfToken}`, or nothing of both. */
  ask(api) {
    return api.get('session');
  }

  signIn(api, given) {
    return api.post('session', given);
  }

  signOut(api) {
    return api.delete('session');
  }

  take({ csrfToken } = {}) {
    this.csrfToken = csrfToken;
  }
}

/**
 * Where the page is of another origin, to which no cookie goes. Tokens are kept in `store`, the tab's sessionStorage:
 * they outlive a reload, belong to the page's own origin, are gone with the tab and unknown to every other one.
 * localStorage would keep them on the disk for any later script of that origin.
 *
 * With `vouch` the page belongs to a platform that has accounts of its own: it is asked for a token about whoever is
 * signed in there, which is exchanged for ours, and brings nothing when nobody is.
 */
export class Tokens {
  atHome = false;
  #held; #store; #now; #vouch; #refreshing; #leaving;

  constructor({ store, vouch, now = Date.now } = {}) {
    this.#store = store;
    this.#vouch = vouch;
    this.#now = now;
    this.#held = read(store);
  }

  get proof() {
    return this.#held?.accessToken;
  }

  async headers(api, method, path) {
    if (OPEN.has(path)) return {};
    if (this.#held && this.#now() >= this.#held.renewAt) await this.#refresh(api);
    return this.#held ? { Authorization: `Bearer ${this.#held.accessToken}` } : {};
  }

  /** After a 401 to a request with `proof`: is there another one now, with which to try again? */
  async renewed(api, { status }, path, proof) {
    if (status !== 401 || OPEN.has(path) || !this.#held) return false;
    if (this.proof === proof) await this.#refresh(api);
    return !!this.#held;
  }

  async ask(api) {
    // The socket hears of a sign-out before its answer is here.
    const left = await this.#leaving?.then(() => true, () => false);
    if (left) return {};
    if (!this.#held) return this.#vouched(api);
    try {
      return await api.get('auth/me');
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      return {};
    }
  }

  /** What the platform's word brings, once: its token is worth nothing the second time. */
  async #vouched(api) {
    const token = await this.#vouch?.();
    if (!token) return {};
    try {
      return await api.post('auth/exchange', { token });
    } catch (problem) {
      if (!problem.definite && problem.status !== 401) throw problem;
      return {};
    }
  }

  signIn(api, given) {
    return api.post('auth/login', given);
  }

  signOut(api) {
    this.#leaving = api.post('auth/logout').finally(() => { this.#leaving = undefined; });
    return this.#leaving;
  }

  /** An answer with tokens brings new ones, one about a person leaves them, and without either they are gone. */
  take({ user, accessToken, refreshToken, expiresIn } = {}) {
    if (accessToken) this.#hold({ accessToken, refreshToken, renewAt: this.#now() + early(expiresIn * 1_000) });
    else if (!user) this.#hold(undefined);
  }

  /** One at a time for all who wait: a refresh token that comes twice ends the session. */
  #refresh(api) {
    this.#refreshing ??= this.#exchange(api).finally(() => { this.#refreshing = undefined; });
    return this.#refreshing;
  }

  async #exchange(api) {
    const before = this.#held;
    let next = {};
    try {
      next = await api.post('auth/refresh', { refreshToken: before.refreshToken });
    } catch (problem) {
      if (!problem.definite && problem.status !== 401) throw problem;
    }
    // Whoever signed in or out meanwhile is right.
    if (this.#held === before) this.take(next);
  }

  #hold(tokens) {
    this.#held = tokens;
    if (tokens) this.#store?.setItem(KEY, JSON.stringify(tokens));
    else this.#store?.removeItem(KEY);
  }
}

const early = (life) => Math.max(life - MARGIN, life / 2);

function read(store) {
  try {
    return JSON.parse(store?.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
