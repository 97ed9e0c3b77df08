import { Place } from '../../../webroot/js/models/place.js';
import { Room } from '../../../webroot/js/models/room.js';
import { Rooms } from '../../../webroot/js/models/rooms.js';
import { may, mayTo, whyNotWrite } from '../../../webroot/js/models/permissions.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { idle, ok, same, test } from './testing.mjs';

const row = (server, me = {}) => ({ ...server.row(), me: { ...server.row().me, notifications: 'all', mentions: 0, ...me } });

function roomOf(server, me) {
  return new Room(row(server, me), { me: ME, api: server.api() });
}

test('mentionsAreWhatTheServerCountedAndWhatIsHeardSince', async () => {
  const server = new RoomServer();
  server.post('old');
  const room = roomOf(server, { mentions: 1 });
  const call = server.post('hey');
  call.message.mentions = [ME.id];
  room.hear(call);
  room.hear(call);
  const everybody = server.post('all of you');
  everybody.message.mentionsRoom = true;
  room.hear(everybody);
  room.hear(server.post('nobody in particular'));
  same(room.place.mentions, 3);
  room.calledIn(2);
  same(room.place.mentions, 3, 'told twice');
  room.readElsewhere(4);
  same(room.place.mentions, 0);
});

test('mentionThatIsEditedAwayOrDeletedCallsNobody', () => {
  const server = new RoomServer();
  const room = roomOf(server);
  const call = server.post('@me');
  call.message.mentions = [ME.id];
  room.hear(call);
  same(room.place.mentions, 1);
  room.hear(server.edit(1, 'nobody'));
  same(room.place.mentions, 1, 'still named');
  const { mentions, ...without } = server.messages[0];
  room.hear({ type: 'message', roomId: 'room-1', version: 3, message: { ...without, version: 3 } });
  same(room.place.mentions, 0);
});

test('writingReadsTheMentionsAbove', () => {
  const server = new RoomServer();
  const room = roomOf(server);
  const call = server.post('@me');
  call.message.mentions = [ME.id];
  room.hear(call);
  room.hear(server.post('here', ME));
  same([room.place.mentions, room.unread], [0, 0]);
});

test('snapshotThatIsOlderThanWhatWasHeardDoesNotTakeItBack', () => {
  const place = new Place();
  place.take({ mentions: 2 }, 10);
  place.called(11);
  place.count(1, 9);
  same(place.mentions, 3);
  place.count(3, 11);
  same(place.mentions, 3);
});

test('levelSaysHowMuchOfTheUnreadIsWanted', () => {
  const server = new RoomServer();
  server.post('a');
  server.post('b');
  const room = roomOf(server, { mentions: 1 });
  const wanted = (notifications) => { room.placed({ notifications }); return room.wanted; };
  same([wanted('all'), wanted('mentions'), wanted('none')], [2, 1, 0]);
});

test('hiddenRoomComesBackWithTheNextMessage', () => {
  const server = new RoomServer();
  server.post('a');
  const room = roomOf(server, { hiddenSeq: 1 });
  ok(room.hidden);
  room.hear(server.post('b'));
  ok(!room.hidden);
});

test('markedUnreadEndsByReadingElsewhere', () => {
  const room = roomOf(new RoomServer(), { markedUnread: true });
  ok(room.place.markedUnread);
  room.readElsewhere(0);
  ok(!room.place.markedUnread);
});

test('ownPlaceChangedOnAnotherDeviceIsTakenOver', async () => {
  const servers = { a: new RoomServer('a'), b: new RoomServer('b') };
  servers.b.post('the newest');
  const api = { get: async () => ({ items: [row(servers.a), row(servers.b)], lost: [], heads: [], version: 1 }) };
  const rooms = new Rooms({ me: ME, api });
  await rooms.refresh();
  same(rooms.list().map(({ id }) => id), ['b', 'a']);
  rooms.hearMine({ type: 'place', version: 2, roomId: 'a', me: { role: 'member', readSeq: 0, unread: 0, mentions: 0, notifications: 'none', pinnedAt: 'now' } });
  same([rooms.list().map(({ id }) => id), rooms.get('a').place.notifications], [['a', 'b'], 'none']);
});

test('deletedRoomIsDroppedAndSaidSo', async () => {
  const server = new RoomServer('a');
  const lost = [];
  const api = { get: async () => ({ items: [row(server)], lost: [], heads: [], version: 1 }) };
  const rooms = new Rooms({ me: ME, api, onLost: (room, deleted) => lost.push([room.id, deleted]) });
  await rooms.refresh();
  rooms.hear('a', { type: 'gone', roomId: 'a', version: 9 });
  await idle();
  same([rooms.ids(), lost], [[], [['a', true]]]);
});

test('roomChangesAreTakenWhole', () => {
  const server = new RoomServer();
  const room = new Room({ ...row(server), topic: 'old', avatarUrl: '/a' }, { me: ME, api: server.api() });
  const event = server.rename('New');
  room.hear({ ...event, room: { ...event.room, kind: 'public', archivedAt: 'now', me: undefined } });
  same([room.title, room.topic, room.avatarUrl, room.kind, room.archivedAt, room.role], ['New', undefined, undefined, 'public', 'now', 'member']);
});

test('rolesSayWhoMayDoWhat', () => {
  const room = (role, kind = 'group') => ({ role, kind });
  same([may('invite', room('member')), may('invite', room('moderator')), may('setUp', room('moderator')), may('setUp', room('owner'))], [false, true, false, true]);
  same([may('leave', room('owner', 'direct')), may('invite', room(undefined))], [false, false]);
  same([mayTo('member', 'ban', room('moderator')), mayTo('moderator', 'ban', room('moderator')), mayTo('owner', 'ban', room('owner'))], [true, false, false]);
});

test('whyOneCannotWriteIsSaid', () => {
  const room = { role: 'member', kind: 'group', posting: 'members' };
  const blocks = new Set([ANN.id]);
  same(whyNotWrite(room, blocks), '');
  ok(whyNotWrite({ ...room, archivedAt: 'now' }, blocks).includes('archived'));
  ok(whyNotWrite({ ...room, posting: 'moderators' }, blocks).includes('moderators'));
  same(whyNotWrite({ ...room, role: 'moderator', posting: 'moderators' }, blocks), '');
  ok(whyNotWrite({ kind: 'direct', other: ANN }, blocks).includes('blocked'));
});
