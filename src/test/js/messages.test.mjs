import { Room } from '../../../webroot/js/models/room.js';
import { messageDeeds } from '../../../webroot/js/models/message-deeds.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { idle, same, test, until } from './testing.mjs';

const NOT_FOUND = Object.assign(new Error('There is nothing here'), { status: 404, definite: true });

/** A room of `count` messages, and what it asks for. `answer` may say otherwise. */
function setup(count, answer = () => undefined) {
  const server = new RoomServer();
  for (let at = 1; at <= count; at++) server.post(`text ${at}`);
  const asked = [];
  const page = ({ before = Infinity, after = 0, limit }) => {
    const found = server.messages.filter(({ seq }) => seq < before && seq > after);
    const items = after ? found.slice(0, limit) : found.slice(-limit);
    return { items, head: server.head(), ...(items.length < found.length && { next: after ? items.at(-1).seq : items[0].seq }) };
  };
  const ask = (method) => async (path, more = {}) => {
    asked.push(`${method} ${path.replace('chat/rooms/room-1', '')}`);
    const said = await answer(method, path, more);
    if (said !== undefined) return said;
    if (method !== 'GET') return undefined;
    if (path.endsWith('/messages')) return page(more);
    const seq = Number(path.match(/messages\/(\d+)$/u)?.[1]);
    if (seq && !server.messages[seq - 1]) throw NOT_FOUND;
    return seq ? { message: server.messages[seq - 1] } : server.api().get(path, more);
  };
  const api = Object.fromEntries(['get', 'post', 'put', 'patch', 'delete'].map((verb) => [verb, ask(verb.toUpperCase())]));
  return { server, asked, room: new Room(server.row(), { me: ME, api, failed: async () => false }) };
}

test('messageFarAwayIsLookedUpWithWhatStandsAroundIt', async () => {
  const { room } = setup(500);
  await room.open();
  same(await room.goTo(100), true);
  const seqs = room.timeline.list().map(({ seq }) => seq);
  same([seqs[0], seqs.at(-1), seqs.includes(100), room.timeline.away !== null], [70, 119, true, true]);
  await room.loadOlder();
  await room.loadNewer();
  same([room.timeline.list()[0].seq, room.timeline.list().at(-1).seq], [20, 169]);
  room.toNewest();
  same(room.timeline.list()[0].seq, 451);
});

test('readingOnFromALookBackEndsAtTheNewest', async () => {
  const { room, server } = setup(150);
  await room.goTo(10);
  for (let pages = 0; room.timeline.away; pages++) {
    same(pages < 10, true);
    await room.loadNewer();
  }
  same([room.timeline.list().map(({ seq }) => seq), room.timeline.complete], [server.messages.map(({ seq }) => seq), true]);
});

test('messageThatIsNotThereIsSaidSo', async () => {
  const { room } = setup(30);
  same([await room.goTo(31), await room.goTo(7)], [false, true]);
});

test('quotedRowIsFetchedOnce', async () => {
  const { room, asked } = setup(200);
  await room.open();
  same(room.messages.find(3), {});
  room.messages.find(3);
  await until(() => room.messages.find(3).row, 'the row');
  same([room.messages.find(3).row.text, asked.filter((one) => one === 'GET /messages/3').length], ['text 3', 1]);
  same(room.timeline.list()[0].seq, 151);
});

test('quotedRowThatIsNotMineToSeeIsMissing', async () => {
  const { room, asked } = setup(3);
  room.messages.find(9);
  await until(() => room.messages.find(9).missing, 'the answer');
  room.messages.find(9);
  same(asked.filter((one) => one === 'GET /messages/9').length, 1);
});

test('quotedRowFollowsItsEditsAndItsDeletion', async () => {
  const { room, server } = setup(3);
  await room.open();
  room.hear(server.edit(2, 'other words'));
  same(room.messages.find(2).row.text, 'other words');
  room.hear(server.delete(2));
  same(room.messages.find(2).row.deletedAt !== undefined, true);
});

test('answerAndEventGoThroughTheSameUpsert', async () => {
  let edited;
  const { room, server } = setup(3, (method) => (method === 'PATCH' ? { message: edited.message, mine: [] } : undefined));
  await room.open();
  edited = server.edit(2, 'first');
  const later = server.edit(2, 'second');
  room.hear(edited);
  room.hear(later);
  await room.messages.edit(2, 'first');
  same([room.timeline.get(2).text, room.cursor.version], ['second', 5]);
});

test('reactionsAreToldOneAfterTheOtherAndTheLastWishCounts', async () => {
  const told = [];
  let go;
  const { room, server } = setup(1, (method, path) => {
    if (!path.includes('reactions')) return undefined;
    told.push(method);
    return new Promise((resolve) => { go = () => resolve({ message: { ...server.messages[0], version: ++server.version, reactions: method === 'PUT' ? [{ emoji: '👍', count: 1, some: ['me'] }] : [] }, mine: [] }); });
  });
  await room.open();
  const done = room.messages.react(1, '👍', true);
  const count = () => room.messages.reactions.chips(room.timeline.get(1)).length;
  same(count(), 1);
  room.messages.react(1, '👍', false);
  same([count(), told], [0, ['PUT']]);
  go();
  await until(() => told.length === 2, 'the second wish');
  same(count(), 0);
  go();
  await done;
  same([count(), told], [0, ['PUT', 'DELETE']]);
});

test('refusedReactionIsTakenBack', async () => {
  const { room } = setup(1, (method) => { if (method === 'PUT') throw NOT_FOUND; });
  await room.open();
  const problem = await room.messages.react(1, '👍', true).catch((error) => error);
  same([problem.status, room.messages.reactions.chips(room.timeline.get(1))], [404, []]);
});

test('threadIsLoadedByPagesAndGrowsByWhatIsHeard', async () => {
  const replies = (seqs) => seqs.map((seq) => ({ seq, version: seq, threadOf: 1, clientId: `t${seq}`, sender: ANN, text: `reply ${seq}` }));
  const { room } = setup(3, (method, path, { before }) =>
    (path.endsWith('/1/thread') ? before ? { items: replies([4]) } : { items: replies([5, 6]), next: 5 } : undefined));
  const thread = room.messages.thread(1);
  const seqs = () => thread.list().map(({ seq }) => seq);
  await thread.open();
  same([seqs(), thread.complete], [[5, 6], false]);
  room.hear({ type: 'message', roomId: 'room-1', version: 7, message: replies([7])[0] });
  same(seqs(), [5, 6, 7]);
  await thread.loadOlder();
  same([seqs(), thread.complete], [[4, 5, 6, 7], true]);
  await idle();
});

test('whatOneMayDoDependsOnWhoOneIs', () => {
  const room = (more) => ({ me: ME, kind: 'group', role: 'member', posting: 'members', ...more });
  const may = (row, one) => Object.entries(messageDeeds(row, one)).filter(([, yes]) => yes).map(([deed]) => deed).sort().join(' ');
  const anns = { seq: 1, sender: ANN, text: 'x' };
  const mine = { ...anns, sender: ME };
  same(may(anns, room()), 'copy forward link react reply report thread');
  same(may(mine, room()), 'copy delete edit forward link react reply thread');
  same(may({ ...mine, editedAt: 'now' }, room()), 'copy delete earlier edit forward link react reply thread');
  same(may({ ...anns, editedAt: 'now' }, room({ role: 'moderator' })), 'copy delete earlier forward link pin react reply report thread');
  same(may({ ...mine, forwardedFrom: {} }, room()), 'copy delete forward link react reply thread');
  same(may(anns, room({ kind: 'direct' })), 'copy forward link pin react reply report thread');
  same(may(anns, room({ archivedAt: 'now', role: 'owner' })), 'copy delete forward link report');
  same(may(anns, room({ posting: 'moderators' })), 'copy forward link react report');
  same(may({ ...anns, threadOf: 1 }, room()), 'copy forward link react reply report');
  same(may({ ...mine, deletedAt: 'now' }, room()), '');
});
