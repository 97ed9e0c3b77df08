import { Observable } from '../lib/observable.js';

/**
 * "Confirm it's you": opened by any request that wants a fresh proof (`ask`), closed by a proof or by giving up. Requests
 * that ask while it is open share its outcome.
 */
export class Confirmation extends Observable {
  #open = null;

  constructor({ api }) {
    super();
    this.api = api;
    api.onConfirmFirst = () => this.ask();
  }

  get asked() {
    return this.#open !== null;
  }

  /** Resolves with true once it is proved, with false when the person gives up. */
  ask() {
    if (!this.#open) {
      let settle;
      const outcome = new Promise((resolve) => { settle = resolve; });
      this.#open = { outcome, settle };
      this.changed();
    }
    return this.#open.outcome;
  }

  withPassword(current) {
    return this.#prove({ current });
  }

  /** Of the app, or a recovery code. */
  withCode(code) {
    return this.#prove({ code });
  }

  /** `use` makes a passkey sign the server's challenge. */
  async withPasskey(use) {
    const { challengeId, publicKey } = await this.api.post('auth/passkey-options');
    await this.#prove({ challengeId, credential: await use(publicKey) });
  }

  giveUp() {
    this.#settle(false);
  }

  async #prove(proof) {
    await this.api.post('auth/confirm', proof);
    this.#settle(true);
  }

  #settle(proved) {
    this.#open?.settle(proved);
    this.#open = null;
    this.changed();
  }
}
