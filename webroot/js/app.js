// The page: reads where the server is, asks who is signed in, and shows the ways in or the chat.

import { Api } from './lib/api.js';
import { withLock } from './lib/locks.js';
import { openOutboxStore } from './lib/outbox-store.js';
import { Bus } from './lib/socket.js';
import { setTimeZone } from './lib/time.js';
import { Account } from './models/account.js';
import { Chat } from './models/chat.js';
import { Confirmation } from './models/confirmation.js';
import { Session } from './models/session.js';
import { App } from './views/app.js';
import { html, render } from './views/preact.js';

const place = document.querySelector('meta[name="parley-api"]')?.content || '.';
const base = new URL(place.endsWith('/') ? place : `${place}/`, document.baseURI);

const channel = (name) => ('BroadcastChannel' in window ? new BroadcastChannel(name) : undefined);

function busUrl() {
  const url = new URL('eventbus/websocket', base);
  url.protocol = url.protocol.replace('http', 'ws');
  return url;
}

const api = new Api(base);
const session = new Session({ api, channel: channel('parley-session') });
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
    me: user, api, session, bus: new Bus(busUrl()), store, lock: withLock, channel: channel('parley-outbox'),
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
