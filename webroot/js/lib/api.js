// REST: one place that knows the base address, the CSRF header and the shape of an error.

const TIMEOUT = 15_000;

/** An error answer (RFC 9457), or status 0 when there was none: no network, timeout, closed. */
export class Problem extends Error {
  constructor({ status = 0, title, detail, errors = [], instance, retryAfter } = {}) {
    super(detail || title || (status ? `The server answered ${status}.` : 'The server cannot be reached.'));
    Object.assign(this, { status, title, detail, errors, instance, retryAfter });
  }

  /** True when trying again unchanged can only fail again. */
  get definite() {
    return this.status >= 400 && this.status < 500 && ![401, 408, 425, 429].includes(this.status);
  }

  /** What is wrong with one field of the body, if anything. */
  field(name) {
    return this.errors.find(({ pointer }) => pointer?.replace(/^#?\//, '') === name)?.detail;
  }
}

const CSRF = 'X-CSRF-Token';

export class Api {
  /** Sent with every write; lives in memory only. */
  csrfToken;
  /** Asked on a 401, or a 403 to a write: the session as the server sees it. May bring a fresh `csrfToken`. */
  onDenied = async () => {};

  constructor(base, { fetch = (...args) => globalThis.fetch(...args) } = {}) {
    this.base = base;
    this.fetch = fetch;
  }

  get(path, query) { return this.#ask('GET', path, { query }); }
  post(path, body) { return this.#ask('POST', path, { body }); }
  put(path, body) { return this.#ask('PUT', path, { body }); }
  delete(path) { return this.#ask('DELETE', path, {}); }

  async #ask(method, path, what) {
    const token = this.csrfToken;
    try {
      return await this.#once(method, path, what);
    } catch (problem) {
      const stale = problem.status === 401 || (problem.status === 403 && method !== 'GET');
      if (!stale || path === 'session') throw problem;
      await this.onDenied(problem);
      // Another tab signed in again: the same write with the new token.
      if (!this.csrfToken || this.csrfToken === token) throw problem;
      return this.#once(method, path, what);
    }
  }

  async #once(method, path, { query, body }) {
    const response = await this.#fetch(method, this.#url(path, query), body);
    const text = await response.text().catch(() => { throw new Problem(); });
    const json = parse(text);
    if (!response.ok) throw problemOf(response, json);
    return json;
  }

  #fetch(method, url, body) {
    const headers = { Accept: 'application/json, application/problem+json' };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (method !== 'GET' && this.csrfToken) headers[CSRF] = this.csrfToken;
    return this.fetch(url, {
      method, headers, cache: 'no-store', credentials: 'include', redirect: 'error',
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch(() => { throw new Problem(); });
  }

  #url(path, query = {}) {
    const url = new URL(`api/v1/${path}`, this.base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
    }
    return url;
  }
}

function problemOf(response, json) {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  return new Problem({ ...json, status: response.status, retryAfter });
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
