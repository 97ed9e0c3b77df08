// The page: reads where the server is, asks who is signed in, and shows the ways in or the chat.

import { Api } from './lib/api.js';
import { withLock } from './lib/locks.js';
import { openOutboxStore } from './lib/outbox-store.js';
import { Bus } from './lib/socket.js';
import { TicketSocket } from './lib/ticket-socket.js';
import { setTimeZone } from './lib/time.js';
import { Account } from './models/account.js';
import { Chat } from './models/chat.js';
import { Confirmation } from './models/confirmation.js';
import { SiteCookie, Tokens } from './models/credentials.js';
import { Session } from './models/session.js';
import { App } from './views/app.js';
import { showPictures } from './views/avatar.js';
import { html, render } from './views/preact.js';

const place = document.querySelector('meta[name="parley-api"]')?.content || '.';
const base = new URL(place.endsWith('/') ? place : `${place}/`, document.baseURI);

const channel = (name) => ('BroadcastChannel' in window ? new BroadcastChannel(name) : undefined);

/** Undefined where the browser forbids it; tokens then end with the page. */
function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Undefined where the browser forbids it. */
function localStore() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Asks the platform whose page this is for a token about whoever is signed in there; undefined for nobody. */
function voucher() {
  const address = document.querySelector('meta[name="parley-vouch"]')?.content;
  return address && (async () => {
    const answer = await fetch(new URL(address, document.baseURI), { method: 'POST', cache: 'no-store' });
    if (answer.status >= 500) throw new Error('The platform cannot say who is signed in.');
    return answer.status === 200 ? (await answer.text()).trim() : undefined;
  });
}

function openBus() {
  const url = new URL('eventbus/websocket', base);
  url.protocol = url.protocol.replace('http', 'ws');
  const buy = async () => (await api.post('auth/ticket')).ticket;
  return api.atHome ? new Bus(url) : new Bus(url, { open: (address) => new TicketSocket(address, { buy }) });
}

const atHome = base.origin === location.origin;
const api = new Api(base, { credentials: atHome ? new SiteCookie() : new Tokens({ store: tabStorage(), vouch: voucher() }) });
// Tabs share the cookie, but each has tokens of its own.
const session = new Session({ api, channel: atHome ? channel('parley-session') : undefined });
showPictures(atHome && base);
const store = await openOutboxStore();
const confirmation = new Confirmation({ api });
let chat = null;
let account = null;

function follow() {
  const user = session.user;
  if (chat?.me.id === user?.id) {
    chat?.meIs(user);
    return;
  }
  chat?.stop();
  confirmation.giveUp();
  chat = user && new Chat({
    me: user, api, session, bus: openBus(), store, lock: withLock, channel: channel('parley-outbox'),
    drafts: localStore(), trays: tabStorage(),
  });
  account = user && new Account({ api, session });
  account?.subscribe(({ timeZone }) => setTimeZone(timeZone));
  show();
  chat?.start();
  account?.load().catch(() => {});
}

function show() {
  render(html`<${App} key=${chat?.me.id} session=${session} chat=${chat} account=${account} confirmation=${confirmation} api=${api} />`,
    document.getElementById('app'));
  if (localStorage.debug) window.parley = { session, chat, account, api };
}

session.subscribe(() => follow());
addEventListener('online', () => chat?.bus.retryNow());
addEventListener('offline', () => chat?.bus.retryNow());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') chat?.bus.retryNow();
});

show();
session.start();
