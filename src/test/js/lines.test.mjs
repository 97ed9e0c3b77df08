import { gathered, Lines, telling } from '../../../webroot/js/models/lines.js';
import { Room } from '../../../webroot/js/models/room.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { same, test } from './testing.mjs';

const ben = { id: 'ben', username: 'ben', displayName: 'Ben' };
const cem = { id: 'cem', username: 'cem', displayName: 'Cem' };
const line = (version, after, kind, actor = ANN, rest = {}) => ({ version, after, kind, actor, at: '2026-01-01T00:00:00Z', ...rest });
const words = (...lines) => telling(lines, ME.id).map((part) => part.quoted ?? part.displayName ?? part).join('');

test('linesStandAfterTheirMessageInTheOrderOfTheirVersions', () => {
  const lines = new Lines();
  lines.addPage([line(9, 4, 'left'), line(2, 0, 'joined'), line(5, 4, 'joined')]);
  lines.upsert(line(5, 4, 'joined'));
  const at = (...range) => lines.between(...range).map(({ version }) => version);
  same([at(0, 1), at(1, 4), at(4, 5), at(4), at(0)], [[2], [], [5, 9], [5, 9], [2, 5, 9]]);
});

test('liveAndSyncedAndPagedLinesAreTheSame', async () => {
  const server = new RoomServer();
  server.post('hi');
  const room = new Room(server.row(), { me: ME, api: { get: async () => ({ ...server.page({}), lines: [line(1, 1, 'topic')] }) } });
  await room.open();
  room.hear({ type: 'line', roomId: 'room-1', version: 2, line: line(2, 1, 'renamed') });
  room.hear({ type: 'line', roomId: 'room-1', version: 2, line: line(2, 1, 'renamed') });
  same([room.lines.list().map(({ version }) => version), room.cursor.version, room.unread], [[1, 2], 2, 1]);
});

test('comingOfSeveralIsToldAtOnce', () => {
  const some = [line(1, 0, 'joined', ANN), line(2, 0, 'joined', ben), line(3, 0, 'joined', cem), line(4, 0, 'left', ben),
    line(5, 0, 'added', ANN, { subject: ben }), line(6, 0, 'added', ANN, { subject: cem }), line(7, 0, 'added', cem, { subject: ME })];
  same(gathered(some).map((group) => words(...group)),
    ['Ann, Ben and 1 other joined', 'Ben left', 'Ann added Ben and Cem', 'Cem added you']);
});

test('everyKindIsToldInPlainEnglish', () => {
  const told = (kind, rest, actor = ANN) => words(line(1, 0, kind, actor, rest));
  same(told('joined', {}, ME), 'You joined');
  same(told('removed', { subject: ben }), 'Ann removed Ben');
  same(told('banned', { subject: ben }, ME), 'You banned Ben');
  same(told('role', { subject: ME, text: 'moderator' }), 'Ann made you a moderator');
  same(told('role', { subject: ANN, text: 'member' }), 'Ann is now a member');
  same(told('role', { text: 'owner' }, ME), 'You are now an owner');
  same(told('renamed', { text: 'Harbour' }), 'Ann named the room “Harbour”');
  same(told('topic', { text: 'Boats' }), 'Ann set the topic: Boats');
  same(told('topic', {}), 'Ann removed the topic');
  same(told('picture', {}), 'Ann changed the picture');
  same(told('kind', { text: 'public' }), 'Ann made the room open to everyone');
  same(told('archived', {}), 'Ann archived the room');
  same(told('restored', {}), 'Ann took the room out of the archive');
  same(told('posting', { text: 'moderators' }), 'Ann let only the moderators write');
  same(told('history', { text: 'joined' }), 'Ann hid earlier messages from new members');
  same(told('retention', { text: '1' }), 'Ann let messages be deleted after a day');
  same(told('retention', {}), 'Ann let messages be kept for good');
  same(told('something new', {}), 'Ann changed the room');
});
