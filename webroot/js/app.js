// The page: reads where the server is, asks who is signed in, and shows the form or the chat.

import { Api } from './lib/api.js';
import { withLock } from './lib/locks.js';
import { openOutboxStore } from './lib/outbox-store.js';
import { Bus } from './lib/socket.js';
import { Chat } from './models/chat.js';
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
let chat = null;

function follow() {
  const user = session.user;
  if (chat?.me.id === user?.id) return;
  chat?.stop();
  chat = user && new Chat({
    me: user, api, session, bus: new Bus(busUrl()), store, lock: withLock, channel: channel('parley-outbox'),
  });
  show();
  chat?.start();
}

function show() {
  render(html`<${App} key=${chat?.me.id} session=${session} chat=${chat} />`, document.getElementById('app'));
  if (localStorage.debug) window.parley = { session, chat, api };
}

session.subscribe(() => follow());
addEventListener('online', () => chat?.bus.retryNow());
addEventListener('offline', () => chat?.bus.retryNow());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') chat?.bus.retryNow();
});

show();
session.start();
