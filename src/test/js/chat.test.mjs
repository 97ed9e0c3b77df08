import { memoryStore } from '../../../webroot/js/lib/outbox-store.js';
import { Observable } from '../../../webroot/js/lib/observable.js';
import { withLock } from '../../../webroot/js/lib/locks.js';
import { Chat } from '../../../webroot/js/models/chat.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { idle, same, test, until } from './testing.mjs';

let people = 0;

class FakeBus extends Observable {
  state = 'connecting';
  registered = [];
  sent = [];
  answer = () => new Promise(() => {});

  start() {}
  stop() {}
  register(addresses) { this.registered.push(addresses); }
  unregister() {}
  send(address, body) {
    this.sent.push([address, body.type]);
    return this.answer(body);
  }

  become(state) {
    this.state = state;
    this.changed();
    if (state === 'online') this.onOpen();
  }
}

/** One person's chat over a server of one room. */
async function chat() {
  const me = { ...ME, id: `me-${++people}` };
  const server = new RoomServer();
  const rest = [];
  const checks = [];
  const api = {
    get: async (path, query) => (path === 'chat/rooms'
      ? { items: [server.row()], lost: [], heads: [{ roomId: server.id, ...server.head(), readSeq: 0 }], version: 1 }
      : server.api().get(path, query)),
    post: async (path, { text, clientId }) => { rest.push(path); return { message: server.post(text, me, clientId).message }; },
    put: async (path) => { rest.push(path); return { readSeq: server.messages.length, unread: 0 }; },
  };
  const bus = new FakeBus();
  const it = new Chat({ me, api, bus, session: { check: () => checks.push('check') }, store: memoryStore(), lock: withLock });
  await it.start();
  return { chat: it, me, server, bus, rest, checks, room: it.rooms.get(server.id) };
}

test('openSocketRegistersEverythingInOneFrame', async () => {
  const { bus, me } = await chat();
  bus.registered = [];
  bus.become('online');
  same(bus.registered, [[`user.${me.id}`, 'room.room-1']]);
});

test('messageGoesOverTheSocketWhenThereIsOne', async () => {
  const { chat: it, bus, rest, room } = await chat();
  bus.become('online');
  bus.answer = async () => ({ seq: 1, version: 1, sentAt: '2026-01-01T00:00:00Z' });
  await room.open();
  await it.send('room-1', 'hello');
  await until(() => it.outbox.size === 0);
  same([bus.sent, rest, room.timeline.list().map(({ text }) => text), room.cursor.version], [[['room.room-1', 'message']], [], ['hello'], 0]);
});

test('messageGoesOverRestWithoutASocket', async () => {
  const { chat: it, rest, room } = await chat();
  await room.open();
  await it.send('room-1', 'hello');
  await until(() => it.outbox.size === 0);
  same([rest, room.timeline.list().length], [['chat/rooms/room-1/messages'], 1]);
});

test('rowOfMyMessageSettlesTheOutboxWithoutAnAnswer', async () => {
  const { chat: it, bus, me, server, room } = await chat();
  bus.become('online');
  await room.open();
  await it.send('room-1', 'hello');
  const [{ clientId }] = it.outbox.ofRoom('room-1');
  bus.onBody('room.room-1', server.post('hello', me, clientId));
  await until(() => it.outbox.size === 0);
  same(room.timeline.list().length, 1);
});

test('refusedRegistrationEndsTheRoomWithANotice', async () => {
  const { chat: it, bus } = await chat();
  bus.become('online');
  bus.onRefused('room.room-1', { status: 404 });
  same([it.rooms.ids(), it.notices.map(({ text }) => text)], [[], ['You are no longer in Room.']]);
});

test('pongBringsWhatTheLineLost', async () => {
  const { bus, server, room } = await chat();
  bus.become('online');
  server.post('lost on the way', ANN);
  bus.onPong({ heads: [{ roomId: 'room-1', ...server.head() }], user: 1 });
  await until(() => room.lastMessage);
  same([room.lastMessage.text, room.unread], ['lost on the way', 1]);
});

test('readingIsToldOnceWhileTheAnswerIsOut', async () => {
  const { chat: it, bus, server, room } = await chat();
  bus.become('online');
  for (const text of ['a', 'b']) bus.onBody('room.room-1', server.post(text));
  bus.answer = async ({ seq }) => { await idle(); return { readSeq: seq, unread: 0 }; };
  await Promise.all([it.read(room, 1), it.read(room, 2)]);
  same([bus.sent.length, room.mark.confirmed, room.unread], [2, 2, 0]);
});

test('readMarkThatFailedIsNotToldAgainAtOnce', async () => {
  const { chat: it, bus, server, room } = await chat();
  bus.become('online');
  bus.onBody('room.room-1', server.post('a'));
  bus.answer = async () => { throw new Error('no'); };
  for (let time = 0; time < 3; time++) await it.read(room, 1).catch(() => {});
  same([bus.sent.length, room.mark.confirmed, room.unread], [1, 0, 0]);
});

test('lostConnectionForgetsWhoIsHere', async () => {
  const { bus, room } = await chat();
  bus.become('online');
  bus.onBody('room.room-1', { type: 'presence', roomId: 'room-1', online: ['ann'], count: 1 });
  same(room.presence.has('ann'), true);
  bus.become('connecting');
  same([room.presence.has('ann'), room.presence.count], [false, 0]);
});

test('endOfTheSessionIsCheckedAtOnce', async () => {
  const { bus, me, checks } = await chat();
  bus.become('online');
  bus.onBody(`user.${me.id}`, { type: 'session-ended' });
  same(checks, ['check']);
});
