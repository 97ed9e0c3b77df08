// REST: one place that knows the base address, how a request is made and the shape of an error.

import { SiteCookie } from '../models/credentials.js';

const TIMEOUT = 15_000;
/** For answers that take the server some work: everything somebody ever wrote. */
const A_WHILE = 300_000;
/** Refusals that say nothing about the session: asking who is signed in would teach nothing. */
const OF_THE_REQUEST = new Set(['bad-credentials', 'second-factor-required', 'scope-missing', 'registration-closed', 'invitation-needed']);

/** An error answer (RFC 9457), or status 0 when there was none: no network, timeout, closed. */
export class Problem extends Error {
  constructor({ status = 0, type, title, detail, errors = [], instance, retryAfter } = {}) {
    super(detail || title || (status ? `The server answered ${status}.` : 'The server cannot be reached.'));
    Object.assign(this, { status, type, title, detail, errors, instance, retryAfter });
  }

  /** The last part of the problem's type: `name-taken`; empty when there was no answer of ours. */
  get slug() {
    return this.type?.split('/').at(-1) ?? '';
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

export class Api {
  /** Asked on a 401, or a 403 to a write: the session as the server sees it. May bring a fresh proof. */
  onDenied = async () => {};
  /** Asked on 403 `confirm-first`: lets the person prove once more who they are; true when they did. */
  onConfirmFirst = async () => false;

  /** `credentials`: the cookie or tokens, see there. */
  constructor(base, { credentials = new SiteCookie(), fetch = (...args) => globalThis.fetch(...args), upload = uploadByXhr } = {}) {
    Object.assign(this, { base, credentials, fetch, sendFile: upload });
  }

  /** False when the server is of another origin than the page. */
  get atHome() {
    return this.credentials.atHome;
  }

  get(path, query) { return this.#ask('GET', path, { query }); }
  post(path, body) { return this.#ask('POST', path, { body }); }
  put(path, body) { return this.#ask('PUT', path, { body }); }
  patch(path, body) { return this.#ask('PATCH', path, { body }); }
  delete(path, query) { return this.#ask('DELETE', path, { query }); }

  /** The whole answer as a file: a `Blob`. */
  file(path) { return this.#ask('POST', path, { patience: A_WHILE, read: (response) => response.blob() }); }

  /** What a path is answered with, as bytes: a `Blob`. */
  bytes(path) { return this.#ask('GET', path, { patience: A_WHILE, read: (response) => response.blob() }); }

  /** For what the browser asks for by itself: a picture, a player, a download. */
  address(path) { return this.#url(path).href; }

  /** Sends a file as it is, or a form (`FormData`); `onProgress` hears the part that is sent, 0 to 1, and `signal` gives it up. */
  upload(path, body, { method = 'PUT', onProgress, signal } = {}) {
    return this.#willing(method, path, async () => {
      const headers = { ...await this.#headers(method, path), ...(body.type && { 'Content-Type': body.type }) };
      const { ok, response, json } = await this.sendFile(this.#url(path), {
        method, headers, body, onProgress, signal, withCredentials: this.atHome,
      });
      if (!ok) throw problemOf(response, json);
      return json;
    });
  }

  #ask(method, path, what) {
    return this.#willing(method, path, () => this.#once(method, path, what));
  }

  /** Runs a request, and once more when what stood in its way has been cleared. */
  async #willing(method, path, run) {
    const { proof } = this.credentials;
    try {
      return await run();
    } catch (problem) {
      if (!(await this.#cleared(problem, { method, path, proof }))) throw problem;
      return run();
    }
  }

  async #cleared(problem, { method, path, proof }) {
    if (problem.slug === 'confirm-first') return this.onConfirmFirst();
    if (OF_THE_REQUEST.has(problem.slug)) return false;
    const stale = problem.status === 401 || (problem.status === 403 && method !== 'GET');
    if (!stale || path.startsWith('session') || path === 'auth/refresh' || path === 'auth/exchange') return false;
    if (await this.credentials.renewed(this, problem, path, proof)) return true;
    await this.onDenied(problem);
    // Another tab signed in again: the same write with the new proof.
    return !!this.credentials.proof && this.credentials.proof !== proof;
  }

  async #once(method, path, { query, body, patience = TIMEOUT, read }) {
    const headers = await this.#headers(method, path);
    const response = await this.#fetch(method, this.#url(path, query), { headers, body, patience });
    if (response.ok && read) return read(response).catch(() => { throw new Problem(); });
    const text = await response.text().catch(() => { throw new Problem(); });
    const json = parse(text);
    if (!response.ok) throw problemOf(response, json);
    return json;
  }

  async #headers(method, path) {
    return { Accept: 'application/json, application/problem+json', ...await this.credentials.headers(this, method, path) };
  }

  #fetch(method, url, { headers, body, patience }) {
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    return this.fetch(url, {
      method, headers, cache: 'no-store', redirect: 'error',
      credentials: this.atHome ? 'include' : 'omit',
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    }).catch(() => { throw new Problem(); });
  }

  #url(path, query = {}) {
    const url = new URL(`api/v1/${path}`, this.base);
    for (const [name, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== null && one !== '') url.searchParams.append(name, one);
      }
    }
    return url;
  }
}

/** By XMLHttpRequest, since fetch does not tell how far a request has come. */
function uploadByXhr(url, { method, headers, body, onProgress, signal, withCredentials }) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw new Problem({ title: 'Given up.' });
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.withCredentials = withCredentials;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0);
    request.onload = () => resolve({
      ok: request.status >= 200 && request.status < 300, json: parse(request.responseText),
      response: { status: request.status, headers: { get: (name) => request.getResponseHeader(name) } },
    });
    request.onerror = () => reject(new Problem());
    request.onabort = () => reject(new Problem({ title: 'Given up.' }));
    signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
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
