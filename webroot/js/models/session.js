import { Observable } from '../lib/observable.js';
import { backoff } from '../lib/timers.js';

/**
 * Who is signed in, as the server says. `state` is `unknown` (asking), `out` or `in`. Tabs tell each other, so that
 * logging in or out in one does so in all.
 */
export class Session extends Observable {
  state = 'unknown';
  user = null;
  /** Why one has to sign in again, if not by choice. */
  notice = '';
  /** True while the server cannot be reached at start. */
  unreachable = false;

  constructor({ api, channel, pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }) {
    super();
    Object.assign(this, { api, channel, pause });
    api.onDenied = () => this.check();
    if (channel) channel.onmessage = () => this.check({ quietly: true });
  }

  /** Asks until there is an answer. */
  async start() {
    for (let attempt = 0; ; attempt++) {
      try {
        this.#take(await this.api.get('session'));
        return;
      } catch {
        this.unreachable = true;
        this.changed();
        await this.pause(backoff(attempt));
      }
    }
  }

  async signIn(login, password) {
    this.#take(await this.api.post('session', { login, password }));
    this.#tell();
  }

  async register({ username, password, displayName }) {
    await this.api.post('auth/register', { username, password, displayName: displayName || undefined });
    await this.signIn(username, password);
  }

  async signOut() {
    await this.api.delete('session').catch((problem) => {
      if (problem.status !== 401) throw problem;
    });
    this.#out('');
    this.#tell();
  }

  /** Is it still so? Called on any sign that it is not. */
  async check({ quietly = false } = {}) {
    try {
      const answer = await this.api.get('session');
      this.#take(answer, quietly ? 'You signed out in another window.' : 'Your session has ended. Please sign in again.');
    } catch {
      // Not reachable: nothing is known, nothing changes.
    }
  }

  #take({ user, csrfToken } = {}, notice = '') {
    this.unreachable = false;
    this.api.csrfToken = csrfToken;
    if (!user) {
      this.#out(this.state === 'in' ? notice : this.notice);
      return;
    }
    const same = this.state === 'in' && this.user.id === user.id;
    this.state = 'in';
    this.notice = '';
    if (!same) this.user = user;
    this.changed();
  }

  #out(notice) {
    this.state = 'out';
    this.user = null;
    this.notice = notice;
    this.api.csrfToken = undefined;
    this.changed();
  }

  #tell() {
    this.channel?.postMessage('session');
  }
}
