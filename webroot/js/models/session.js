import { Observable } from '../lib/observable.js';
import { backoff } from '../lib/timers.js';

/** Before the page believes that a session has ended of which nobody signed out. */
const DOUBT = 700;

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
  #replacing = 0;
  #epoch = 0;
  #missed = false;
  /** The newest question who is signed in, while it waits for its answer. */
  #open;

  constructor({ api, channel, pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }) {
    super();
    Object.assign(this, { api, channel, pause });
    api.onDenied = () => this.check();
    if (channel) channel.onmessage = () => this.check({ quietly: true });
  }

  /** Asks until there is an answer. */
  async start() {
    for (let attempt = 0; this.state === 'unknown'; attempt++) {
      try {
        await this.#question();
      } catch {
        this.unreachable = true;
        this.changed();
        await this.pause(backoff(attempt));
      }
    }
  }

  /** `code` is of the second factor, where the account has one. */
  signIn(login, password, code) {
    return this.replace(() => this.api.credentials.signIn(this.api, { login, password, code }));
  }

  /** `invite` is the token of a link, where one was sent. */
  async register({ username, password, displayName, email, invite }) {
    await this.api.post('auth/register', {
      username, password, displayName: displayName || undefined, email: email || undefined, invite,
    });
    await this.signIn(username, password);
  }

  /** `use` makes a passkey sign the server's challenge. */
  async signInWithPasskey(use) {
    const { challengeId, publicKey } = await this.api.post('auth/passkey-options');
    const credential = await use(publicKey);
    await this.replace(() => this.api.post('session/passkey', { challengeId, credential }));
  }

  /** Takes the session that `open` answers with in place of the present one. */
  async replace(open) {
    this.#replacing++;
    try {
      const opened = await open();
      this.#missed = false;
      this.#take(opened);
    } finally {
      this.#replacing--;
      this.#epoch++;
      if (this.#missed && this.state === 'in') this.check();
      this.#missed = false;
    }
    this.#tell();
  }

  async signOut() {
    await this.api.credentials.signOut(this.api).catch((problem) => {
      if (problem.status !== 401) throw problem;
    });
    this.#out('');
    this.#tell();
  }

  /** Is it still so? Called on any sign that it is not; done when the newest question of all is settled. */
  async check({ quietly = false } = {}) {
    try {
      await (this.#open?.pausing && !quietly ? this.#open.settled : this.#question({ quietly }));
    } catch {
      // Not reachable: nothing is known, nothing changes.
    }
  }

  /** The account says that these are my names now. */
  rename(user) {
    if (this.user?.id !== user.id) return;
    this.user = user;
    this.changed();
  }

  /** The session has ended for a reason that is known. */
  ended(notice) {
    this.#out(notice);
    this.#tell();
  }

  /** Something to read on the form. */
  say(notice) {
    this.notice = notice;
    this.changed();
  }

  #ask() {
    return this.api.credentials.ask(this.api);
  }

  /** Of several only the newest counts: an older one may have gone with the cookie of a session since replaced. */
  #question({ quietly = false } = {}) {
    const question = { quietly: quietly || this.#open?.quietly };
    this.#open = question;
    question.settled = this.#settledOrNewer(question);
    return question.settled;
  }

  async #settledOrNewer(question) {
    try {
      await this.#settle(question);
    } catch (problem) {
      if (question === this.#open) throw problem;
    } finally {
      if (question === this.#open) this.#open = undefined;
    }
    await this.#open?.settled;
  }

  async #settle(question, { again = false } = {}) {
    const epoch = this.#epoch;
    const answer = await this.#ask();
    if (question !== this.#open) return;
    if (this.#overtaken(answer, epoch)) {
      this.#missed = true;
    } else if (!again && this.#doubtful(answer, question)) {
      await this.#pauseOf(question);
      if (question === this.#open) await this.#settle(question, { again: true });
    } else {
      this.#take(answer, question.quietly ? 'You signed out in another window.' : 'Your session has ended. Please sign in again.');
    }
  }

  /**
   * The socket may hear that a session was replaced in another tab before the browser has the new one's cookie. What
   * that tab tells (quietly) comes later than the cookie, and tokens are of one tab.
   */
  #doubtful({ user } = {}, { quietly }) {
    return !user && !quietly && this.state === 'in' && this.api.atHome;
  }

  async #pauseOf(question) {
    question.pausing = true;
    await this.pause(DOUBT);
    question.pausing = false;
  }

  /** An answer about the old session, while a new one takes its place or after it has. */
  #overtaken({ user } = {}, epoch) {
    return epoch !== this.#epoch || (!user && this.#replacing > 0);
  }

  #take(answer = {}, notice = '') {
    const { user } = answer;
    this.unreachable = false;
    this.api.credentials.take(answer);
    if (!user) {
      this.#out(this.state === 'in' ? notice : this.notice);
      return;
    }
    const same = this.state === 'in' && this.user.id === user.id && JSON.stringify(this.user) === JSON.stringify(user);
    this.state = 'in';
    this.notice = '';
    if (!same) this.user = user;
    this.changed();
  }

  #out(notice) {
    this.#open = undefined;
    this.state = 'out';
    this.user = null;
    this.notice = notice;
    this.api.credentials.take();
    this.changed();
  }

  #tell() {
    this.channel?.postMessage('session');
  }
}
