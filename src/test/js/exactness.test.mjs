// The promise itself: whatever is lost, doubled or swapped on the way, the room ends equal to the server.

import { Room } from '../../../webroot/js/models/room.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { idle, same, seeded, test } from './testing.mjs';

const BEN = { id: 'ben', username: 'ben', displayName: 'Ben' };

function somethingHappens(server, random) {
  const roll = random();
  const seq = 1 + random.below(Math.max(1, server.messages.length));
  if (roll < 0.6 || !server.messages.length) return server.post(`text ${server.version}`, random.chance(0.3) ? ME : ANN);
  if (roll < 0.75) return server.edit(seq, `edited ${server.version}`);
  if (roll < 0.85) return server.delete(seq);
  if (roll < 0.95) return server.member(random.chance(0.5) ? ANN : BEN, random.chance(0.5));
  return server.rename(`Name ${server.version}`);
}

/** A line that loses, doubles and swaps. */
function badLine(random, deliver) {
  let late = null;
  return (event) => {
    if (random.chance(0.15)) return;
    if (random.chance(0.15)) deliver(event);
    if (random.chance(0.15) && !late) {
      late = event;
      return;
    }
    deliver(event);
    if (late) deliver(late);
    late = null;
  };
}

const held = (room) => room.timeline.list();
const stored = (server, room) => server.messages.filter(({ seq }) => seq >= Math.max(1, room.timeline.low));

async function live(seed, { before, steps }) {
  const random = seeded(seed);
  const server = new RoomServer();
  for (let step = 0; step < before; step++) somethingHappens(server, random);
  const delay = async () => { for (let wait = random.below(3); wait > 0; wait--) await idle(); };
  const room = new Room(server.row(), { me: ME, api: server.api(delay, 20), failed: async () => true });
  const opening = room.open();
  const line = badLine(random, (event) => room.hear(structuredClone(event)));
  for (let step = 0; step < steps; step++) {
    line(somethingHappens(server, random));
    if (random.chance(0.1)) await idle();
    if (random.chance(0.03)) room.head(server.head());
    if (random.chance(0.03)) room.loadOlder();
    if (random.chance(0.02)) room.members.load();
  }
  await opening;
  await room.members.load();
  room.hear({ type: 'head', roomId: server.id, ...server.head() });
  await room.cursor.settled();
  return { server, room };
}

for (let seed = 1; seed <= 40; seed++) {
  test(`roomEndsEqualToTheServer_seed${seed}`, async () => {
    const { server, room } = await live(seed, { before: seed * 5, steps: 120 });
    same(held(room), stored(server, room), 'messages');
    same(room.cursor.version, server.version, 'cursor');
    same(room.members.list().map(({ user }) => user.id), server.present().map(({ user }) => user.id).sort(), 'members');
    same(room.title, server.name, 'name');
    same(room.lastMessage, server.messages.at(-1), 'last message');
    same(room.mark.lastSeq, server.messages.length, 'last number');
  });
}

test('awayForAYear_endsEqualToTheServerWithOnePage', async () => {
  const random = seeded(7);
  const server = new RoomServer();
  for (let step = 0; step < 30; step++) somethingHappens(server, random);
  const room = new Room(server.row(), { me: ME, api: server.api() });
  await room.open();
  for (let step = 0; step < 3_000; step++) somethingHappens(server, random);
  room.hear({ type: 'head', roomId: server.id, ...server.head() });
  await room.cursor.settled();
  same(held(room), server.messages.slice(-50));
  same([room.cursor.version, room.title, room.lastMessage], [server.version, server.name, server.messages.at(-1)]);
  same(server.calls.filter((call) => call === 'sync').length, 0, 'no sync over a year');
});

test('serverThatWentBackInTime_isFollowed', async () => {
  const server = new RoomServer();
  for (let count = 0; count < 20; count++) server.post(`lost ${count}`);
  const room = new Room(server.row(), { me: ME, api: server.api() });
  await room.open();
  const restored = new RoomServer();
  for (let count = 0; count < 5; count++) restored.post(`kept ${count}`);
  room.api = restored.api();
  room.hear({ type: 'head', roomId: server.id, ...restored.head() });
  await room.cursor.settled();
  same(held(room), restored.messages);
  same([room.cursor.version, room.lastMessage.seq, room.unread], [5, 5, 5]);
});
