import { Members } from '../../../webroot/js/models/members.js';
import { Presence } from '../../../webroot/js/models/presence.js';
import { Room } from '../../../webroot/js/models/room.js';
import { Typing } from '../../../webroot/js/models/typing.js';
import { ANN, ME, RoomServer } from './room-server.mjs';
import { idle, ok, same, test, until } from './testing.mjs';

const ann = { id: 'ann', displayName: 'Ann' };
const ben = { id: 'ben', displayName: 'Ben' };

test('typingEndsAfterFiveSecondsOfSilence', () => {
  let time = 0;
  const typing = new Typing(() => time);
  typing.heard(ann);
  time = 3_000;
  typing.heard(ben);
  time = 5_000;
  same(typing.people(), [ben]);
});

test('typingEndsWithTheMessage', () => {
  const typing = new Typing(() => 0);
  typing.heard(ann);
  typing.stopped('ann');
  same(typing.people(), []);
});

test('ownTypingIsToldAtMostEveryTwoSeconds', () => {
  let time = 0;
  const typing = new Typing(() => time);
  const told = [];
  for (; time <= 4_000; time += 500) if (typing.shouldSend()) told.push(time);
  same(told, [0, 2_000, 4_000]);
});

test('presenceFollowsWhoComesAndGoes', () => {
  const presence = new Presence();
  presence.heard({ online: ['ann'], count: 1 });
  presence.heard({ userId: 'ben', online: true, count: 2 });
  presence.heard({ userId: 'ann', online: false, count: 1 });
  same([presence.has('ann'), presence.has('ben'), presence.count], [false, true, 1]);
});

test('newListReplacesTheOld', () => {
  const presence = new Presence();
  presence.heard({ online: ['ann'], count: 300 });
  presence.heard({ online: ['ben'], count: 200 });
  same([presence.has('ann'), presence.has('ben'), presence.count], [false, true, 200]);
});

test('memberWhoLeftDoesNotComeBackByAnOldRow', () => {
  const members = new Members();
  members.upsert({ user: ann, version: 5, gone: true });
  members.upsert({ user: ann, version: 2, role: 'member' });
  same(members.list(), []);
  members.upsert({ user: ann, version: 9, role: 'member' });
  same(members.list().length, 1);
});

test('joinsThatOvertakeTheirCountAreCounted', async () => {
  const server = new RoomServer();
  server.member(ME);
  const answers = [];
  const api = server.api(() => new Promise((resolve) => { answers.push(resolve); }));
  const room = new Room(server.row(), { me: ME, api });
  room.hear(server.member(ANN));
  await until(() => answers.length === 1);
  room.hear(server.member(ben));
  answers[0]();
  await until(() => answers.length === 2);
  answers[1]();
  await until(() => room.memberCount === 3);
});

test('myOwnRemovalAsksForNoCount', async () => {
  const server = new RoomServer();
  const room = new Room(server.row(), { me: ME, api: server.api() });
  room.hear(server.member(ME, true));
  await idle();
  same(server.calls, []);
});

test('newNameStandsOnWhatTheySaidBefore', async () => {
  const server = new RoomServer();
  server.post('before', ANN);
  const room = new Room({ ...server.row(), kind: 'direct', members: [ME, ANN] }, { me: ME, api: server.api() });
  await room.open();
  const anna = { ...ANN, displayName: 'Anna', avatarUrl: '/a?v=2' };
  room.hear(server.member(anna));
  await until(() => room.title === 'Anna');
  same([room.timeline.list()[0].sender, room.lastMessage.sender, room.other], [anna, anna, anna]);
  const rows = room.timeline.list();
  room.hear(server.member(anna));
  await idle();
  ok(rows === room.timeline.list(), 'the same name again changes nothing');
});

test('membersOfSeveralPagesStandInTheOrderOfThePages', () => {
  const members = new Members();
  const row = (id, displayName) => ({ user: { id, username: id, displayName }, role: 'member', version: 1 });
  members.addPage({ items: [row('1', 'Zoe'), row('3', 'Ann')], next: '3' });
  members.upsert(row('7', 'Far away'));
  members.upsert(row('2', 'Joined'));
  same(members.list().map(({ user }) => user.id), ['1', '2', '3']);
  same(members.known().length, 4);
  members.addPage({ items: [row('7', 'Far away'), row('8', 'Eve')] });
  same([members.list().map(({ user }) => user.id), members.loaded], [['1', '2', '3', '7', '8'], true]);
});

test('membersOfOnePageStandByName', () => {
  const members = new Members();
  members.addPage({ items: [ME, ANN].map((user) => ({ user, version: 1 })) });
  same(members.list().map(({ user }) => user.displayName), ['Ann', 'Me']);
});

test('aLargeRoomOpensWithOnePageOfMembersAndLoadsTheNextWhenAsked', async () => {
  const asked = [];
  const people = Array.from({ length: 5_000 }, (_, at) => ({ id: String(at).padStart(5, '0'), username: `p${at}` }));
  const api = {
    get: async (path, { after = '', limit }) => {
      asked.push(after);
      const items = people.filter(({ id }) => id > after).slice(0, limit).map((user) => ({ user, version: 1 }));
      return { items, next: items.at(-1).user.id };
    },
  };
  const room = new Room({ id: 'r', kind: 'public', version: 1, lastSeq: 0, memberCount: 5_000 }, { me: ME, api });
  await Promise.all([room.members.load(), room.members.load()]);
  await room.members.load();
  same([asked, room.members.list().length], [[''], 100]);
  await room.members.load({ more: true });
  same([asked, room.members.list().length], [['', '00099'], 200]);
});
