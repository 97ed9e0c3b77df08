import { Rooms } from '../../../webroot/js/models/rooms.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { idle, same, test, until } from './testing.mjs';

/** A server of several rooms with a user version. */
function world(...ids) {
  const rooms = new Map(ids.map((id) => [id, new RoomServer(id)]));
  const state = { version: 1, changed: new Map(), lost: [], asked: [] };
  const heads = () => [...rooms.values()].map((room) => ({ roomId: room.id, ...room.head(), readSeq: room.readSeq }));
  const list = (since) => ({
    items: [...rooms.values()].filter(({ id }) => since === undefined || (state.changed.get(id) ?? 0) > since).map((room) => room.row()),
    lost: since === undefined ? [] : state.lost, heads: heads(), version: state.version,
  });
  const api = {
    get: async (path, query = {}) => {
      if (path !== 'chat/rooms') return rooms.get(path.split('/')[2]).api().get(path, query);
      state.asked.push(query.since ?? 'all');
      return structuredClone(list(query.since));
    },
  };
  return { rooms, state, api };
}

async function mine(api) {
  const [added, lost] = [[], []];
  const rooms = new Rooms({
    me: ME, api, pause: idle, onAdded: ({ id }) => added.push(id), onLost: ({ id }) => lost.push(id),
  });
  await rooms.refresh();
  return { rooms, added, lost };
}

test('firstAnswerGivesAllRooms', async () => {
  const { api, state } = world('a', 'b');
  const { rooms, added } = await mine(api);
  same([rooms.ids(), added, state.asked], [['a', 'b'], ['a', 'b'], ['all']]);
});

test('roomsAreOrderedByLastActivity', async () => {
  const { api, rooms: servers } = world('a', 'b', 'c');
  servers.get('b').post('first');
  servers.get('c').post('x');
  servers.get('c').post('latest');
  const { rooms } = await mine(api);
  same(rooms.list().map(({ id }) => id), ['c', 'b', 'a']);
});

test('contiguousUserEventIsAppliedWithoutAsking', async () => {
  const { api, state, rooms: servers } = world('a');
  const { rooms, added } = await mine(api);
  servers.set('b', new RoomServer('b'));
  rooms.hearMine({ type: 'room-added', version: 2, room: servers.get('b').row() });
  rooms.hearMine({ type: 'room-removed', version: 3, roomId: 'a' });
  same([rooms.ids(), added, state.asked], [['b'], ['a', 'b'], ['all']]);
});

test('gapInUserEventsAsksWhatChanged', async () => {
  const { api, state, rooms: servers } = world('a', 'b');
  const { rooms, lost } = await mine(api);
  servers.delete('a');
  servers.set('c', new RoomServer('c'));
  Object.assign(state, { version: 4, lost: ['a'], changed: new Map([['c', 3]]) });
  rooms.hearMine({ type: 'read', version: 4, roomId: 'b', readSeq: 0 });
  await until(() => rooms.get('c'));
  same([rooms.ids(), lost, state.asked], [['b', 'c'], ['a'], ['all', 1]]);
});

test('headsOfTheListSyncTheRoomsThatMoved', async () => {
  const { api, state, rooms: servers } = world('a');
  const { rooms } = await mine(api);
  servers.get('a').post('while away', ANN);
  state.version = 2;
  rooms.head(2);
  await until(() => rooms.get('a').lastMessage);
  same([rooms.get('a').unread, rooms.unread, rooms.get('a').lastMessage.text], [1, 1, 'while away']);
});

test('userVersionBelowMineLoadsEverythingAgain', async () => {
  const { api, state } = world('a');
  state.version = 9;
  const { rooms } = await mine(api);
  state.version = 2;
  rooms.head(2);
  await until(() => state.asked.length === 2);
  same(state.asked, ['all', 'all']);
});

test('userVersionFarAboveMineLoadsEverythingAgain', async () => {
  const { api, state, rooms: servers } = world('a', 'b');
  const { rooms, lost } = await mine(api);
  // Restored: b was made later than the export, so it is in no list of what was lost.
  servers.delete('b');
  state.version += 2 ** 32;
  rooms.head(state.version);
  await until(() => lost.length);
  same([rooms.ids(), lost, state.asked], [['a'], ['b'], ['all', 1, 'all']]);
});

test('readElsewhereLowersUnreadHere', async () => {
  const { api, rooms: servers } = world('a');
  servers.get('a').post('one');
  servers.get('a').post('two');
  const { rooms } = await mine(api);
  same(rooms.unread, 2);
  rooms.hearMine({ type: 'read', version: 2, roomId: 'a', readSeq: 1 });
  same(rooms.unread, 1);
});

test('listIsAskedAgainUntilTheServerAnswers', async () => {
  const { api } = world('a');
  let failures = 3;
  const shaky = { get: async (...args) => { if (failures-- > 0) throw Object.assign(new Error(), { status: 503 }); return api.get(...args); } };
  const { rooms } = await mine(shaky);
  same(rooms.ids(), ['a']);
});

test('roomThatIsNotFoundOnSyncDisappears', async () => {
  const { api, rooms: servers } = world('a');
  const { rooms, lost } = await mine(api);
  servers.get('a').api = () => ({ get: async () => { throw Object.assign(new Error(), { status: 404 }); } });
  rooms.hear('a', { type: 'head', version: 5, lastSeq: 5 });
  await until(() => lost.length);
  same([rooms.ids(), lost], [[], ['a']]);
});
