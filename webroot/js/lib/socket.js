// The bus over one raw WebSocket: frames out and in, replies, pings, and coming back after a loss. It knows nothing of
// rooms; what a client does with the events stands in models/.

import { CLOSE_CODES, FRAMES } from '../events.js';
import { Problem } from './api.js';
import { Observable } from './observable.js';
import { backoff, everySecond } from './timers.js';

const REPLY_TIMEOUT = 10_000;
const PING_EVERY = 10_000;
const PONG_WITHIN = 10_000;
/** How long a pong may take when there is reason to doubt the network. */
const DOUBTED_PONG_WITHIN = 3_000;
const OPEN_WITHIN = 15_000;
const LATER = 15_000;
const ADDRESSES_A_FRAME = 1_000;

/**
 * `state` is `online`, `connecting` (an attempt runs or is due at `retryAt`) or `offline` (the browser has no network, or
 * the server told us to stay away).
 */
export class Bus extends Observable {
  state = 'offline';
  retryAt = 0;

  // Set by the owner.
  onOpen = () => {};
  onBody = (_address, _body) => {};
  onRefused = (_address, _problem) => {};
  onPong = (_pong) => {};
  /** Done when it is known whether that is so. */
  onSignedOut = async () => {};
  onFailedToOpen = () => {};

  #url; #open; #clock; #random; #every;
  #socket; #stopTicking; #retryTimer;
  #running = false;
  #attempt = 0;
  #replies = new Map();
  #nextReply = 0;
  #openedAt = 0; #startedAt = 0;
  #lastPing = 0; #awaitsPong = false; #patience = PONG_WITHIN;

  constructor(url, { open = (url) => new WebSocket(url), now = Date.now, random = Math.random, every = everySecond } = {}) {
    super();
    this.#url = url;
    this.#open = open;
    this.#clock = now;
    this.#random = random;
    this.#every = every;
  }

  /** True from the loss of a connection until there is one again, also during the attempts. */
  get troubled() {
    return this.state === 'offline' || (this.state === 'connecting' && this.#attempt > 0);
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#stopTicking = this.#every(() => this.#tick());
    this.#connect();
  }

  stop() {
    this.#running = false;
    this.#stopTicking?.();
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#become('offline');
  }

  /** The network is back, or the page is looked at again: try now, or make sure that the socket still lives. */
  retryNow() {
    if (!this.#running) return;
    if (!this.#socket) this.#connect();
    else if (this.state === 'online') {
      this.#ping();
      this.#patience = DOUBTED_PONG_WITHIN;
    }
  }

  /** Asks to hear addresses; each is answered by an event or by `onRefused`. */
  register(addresses) {
    for (let from = 0; from < addresses.length; from += ADDRESSES_A_FRAME) {
      this.#write({ type: FRAMES.register, addresses: addresses.slice(from, from + ADDRESSES_A_FRAME) });
    }
  }

  unregister(address) {
    this.#write({ type: FRAMES.unregister, address });
  }

  /** Sends and resolves with the reply's body; rejects with a `Problem` (status 0: no answer, outcome unknown). */
  send(address, body) {
    if (this.state !== 'online') return Promise.reject(new Problem());
    const replyAddress = `r${++this.#nextReply}`;
    return new Promise((resolve, reject) => {
      this.#replies.set(replyAddress, { resolve, reject, until: this.#clock() + REPLY_TIMEOUT });
      this.#write({ type: FRAMES.send, address, replyAddress, body });
    });
  }

  #write(frame) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    this.retryAt = 0;
    this.#openedAt = 0;
    this.#startedAt = this.#clock();
    let socket;
    try {
      socket = this.#open(this.#url);
    } catch {
      this.#later(0);
      return;
    }
    this.#socket = socket;
    const mine = (handle) => (event) => { if (socket === this.#socket) handle(event); };
    socket.onopen = mine(() => this.#opened());
    socket.onmessage = mine(({ data }) => this.#heard(data));
    socket.onclose = mine(({ code }) => this.#closed(code));
    this.#become('connecting');
  }

  #opened() {
    this.#openedAt = this.#clock();
    this.#become('online');
    this.onOpen();
    this.#ping();
  }

  #heard(data) {
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (frame.type === FRAMES.rec) this.#received(frame);
    else if (frame.type === FRAMES.err) this.#failed(frame);
    else if (frame.type === FRAMES.pong) this.#ponged(frame);
  }

  #received({ address, body }) {
    const reply = this.#takeReply(address);
    if (reply) reply.resolve(body);
    else this.onBody(address, body);
  }

  #failed({ address, failureCode, message }) {
    if (!address) return;
    const problem = new Problem({ status: failureCode > 0 ? failureCode : 0, detail: message });
    const reply = this.#takeReply(address);
    if (reply) reply.reject(problem);
    else this.onRefused(address, problem);
  }

  #ponged(frame) {
    this.#awaitsPong = false;
    this.#attempt = 0;
    this.onPong(frame);
  }

  #takeReply(address) {
    const reply = this.#replies.get(address);
    this.#replies.delete(address);
    return reply;
  }

  #closed(code) {
    const wasOpen = this.#openedAt > 0;
    this.#drop();
    if (!this.#running) return;
    const policy = CLOSE_CODES[code] ?? 'again';
    if (policy === 'never') {
      this.#become('offline');
      return;
    }
    if (policy === 'sign-in') {
      this.#returnIfStillSignedIn();
      return;
    }
    this.#later(policy === 'later' ? LATER : 0);
    if (!wasOpen) this.onFailedToOpen();
  }

  /** Another attempt while that is doubtful would be refused. The owner stops us if it is not so. */
  async #returnIfStillSignedIn() {
    this.retryAt = 0;
    this.#become('connecting');
    await this.onSignedOut();
    if (this.#running && !this.#socket) this.#later(0);
  }

  /** Lets go of the socket without waiting for it to close; everything unanswered fails with an unknown outcome. */
  #drop() {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#awaitsPong = false;
    socket?.close();
    const unanswered = [...this.#replies.values()];
    this.#replies.clear();
    for (const { reject } of unanswered) reject(new Problem());
  }

  #later(atLeast) {
    const wait = Math.max(atLeast, backoff(this.#attempt++, { random: this.#random }));
    this.retryAt = this.#clock() + wait;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
    this.#become('connecting');
  }

  #ping() {
    if (this.#awaitsPong) return;
    this.#awaitsPong = true;
    this.#patience = PONG_WITHIN;
    this.#lastPing = this.#clock();
    this.#write({ type: FRAMES.ping, pong: true });
  }

  #tick() {
    const now = this.#clock();
    this.#expireReplies(now);
    if (this.#socket) this.#checkPulse(now);
    else if (this.retryAt && now >= this.retryAt) this.#connect();
    else if (this.retryAt) this.changed();
  }

  #checkPulse(now) {
    if (!this.#openedAt) {
      if (now - this.#startedAt > OPEN_WITHIN) this.#closed(1006);
    } else if (this.#awaitsPong) {
      if (now - this.#lastPing > this.#patience) this.#closed(1006);
    } else if (now - this.#lastPing >= PING_EVERY) {
      this.#ping();
    }
  }

  #expireReplies(now) {
    for (const [address, { reject, until }] of this.#replies) {
      if (now < until) continue;
      this.#replies.delete(address);
      reject(new Problem());
    }
  }

  #become(state) {
    const offline = state === 'connecting' && globalThis.navigator?.onLine === false;
    this.state = offline ? 'offline' : state;
    this.changed();
  }
}
