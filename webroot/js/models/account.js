import { Observable } from '../lib/observable.js';

/**
 * What belongs to the person who is signed in: profile, ways in, devices, keys. Each part is null until it was loaded;
 * every verb leaves the parts it touched as the server has them.
 */
export class Account extends Observable {
  /** `{user, email?, emailVerified, hasPassword, pendingEmail?, timeZone?}` */
  me = null;
  /** `{totp, recoveryCodes, passkeys}` */
  factor = null;
  sessions = null;
  keys = null;
  identities = null;

  constructor({ api, session }) {
    super();
    Object.assign(this, { api, session });
  }

  get timeZone() {
    return this.me?.timeZone;
  }

  /** How somebody may come in here; known before signing in. Passkeys and providers know the server's own pages alone. */
  static async methods(api) {
    const methods = await api.get('auth/methods');
    return api.atHome ? methods : { ...methods, passkeys: false, oidc: undefined };
  }

  async load() {
    this.#is(await this.api.get('auth/me'));
  }

  async loadFactor() {
    this.#set({ factor: await this.api.get('auth/second-factor') });
  }

  async loadSessions() {
    this.#set({ sessions: byLastUse((await this.api.get('auth/sessions')).items) });
  }

  async loadKeys() {
    this.#set({ keys: (await this.api.get('auth/api-keys')).items });
  }

  async loadIdentities() {
    this.#set({ identities: (await this.api.get('auth/identities')).items });
  }

  // Profile

  async change(profile) {
    this.#is(await this.api.patch('users/me', profile));
  }

  async setAvatar(blob, options) {
    this.#is(await this.api.upload('users/me/avatar', blob, options));
  }

  async removeAvatar() {
    this.#is(await this.api.delete('users/me/avatar'));
  }

  // Password and address

  /** Every session of the account ends; this browser goes on with the new one of the answer. */
  async changePassword(current, password) {
    await this.session.replace(() => this.api.post('auth/password', { current: current || undefined, password }));
    await this.load();
  }

  async changeEmail(current, email) {
    await this.api.post('auth/email', { current: current || undefined, email });
    await this.load();
  }

  async verifyEmail() {
    await this.api.post('auth/email-verification');
  }

  // Devices

  async endSession(id) {
    await this.api.delete(`auth/sessions/${id}`).catch(unlessGone);
    await this.loadSessions();
  }

  async endOtherSessions() {
    await this.api.delete('auth/sessions');
    await this.loadSessions();
  }

  // Second factor

  /** `{secret, uri}`: nothing is asked for at sign-in before it is confirmed. */
  beginTotp() {
    return this.api.post('auth/totp');
  }

  /** The recovery codes, which are never told again. */
  async confirmTotp(code) {
    const { recoveryCodes } = await this.api.post('auth/totp/confirm', { code });
    await this.loadFactor();
    return recoveryCodes;
  }

  async removeTotp() {
    await this.api.delete('auth/totp');
    await this.loadFactor();
  }

  async newRecoveryCodes() {
    const { recoveryCodes } = await this.api.post('auth/recovery-codes');
    await this.loadFactor();
    return recoveryCodes;
  }

  /** `create` makes a passkey of the server's options. */
  async addPasskey(name, create) {
    const { challengeId, publicKey } = await this.api.post('auth/passkeys/options');
    const credential = await create(publicKey);
    await this.api.post('auth/passkeys', { challengeId, name, credential });
    await this.loadFactor();
  }

  async removePasskey(id) {
    await this.api.delete(`auth/passkeys/${id}`).catch(unlessGone);
    await this.loadFactor();
  }

  // Keys and identities

  /** The new key with its `key`, which is never told again. */
  async makeKey({ name, scopes, expiresInDays }) {
    const made = await this.api.post('auth/api-keys', { name, scopes, expiresInDays });
    await this.loadKeys();
    return made;
  }

  async endKey(id) {
    await this.api.delete(`auth/api-keys/${id}`).catch(unlessGone);
    await this.loadKeys();
  }

  async unlink(id) {
    await this.api.delete(`auth/identities/${id}`).catch(unlessGone);
    await this.loadIdentities();
  }

  // The whole of it

  /** Everything the server has of this person, as a zip. */
  export() {
    return this.api.file('users/me/export');
  }

  /** `messages`: `keep` them as of a deleted account, or `remove` them. */
  async delete(messages) {
    await this.api.delete('users/me', { messages });
    this.session.ended('Your account has been deleted.');
  }

  #is(me) {
    this.me = me;
    this.session.rename(me.user);
    this.changed();
  }

  #set(part) {
    Object.assign(this, part);
    this.changed();
  }
}

/** This device first, then what was used last. */
function byLastUse(sessions) {
  return [...sessions].sort((one, other) =>
    Number(other.current) - Number(one.current) || Date.parse(other.lastSeenAt) - Date.parse(one.lastSeenAt));
}

/** What is gone already need not be ended. */
function unlessGone(problem) {
  if (problem.status !== 404) throw problem;
}
