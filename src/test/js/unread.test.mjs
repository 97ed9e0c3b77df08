import { ReadMark } from '../../../webroot/js/models/unread.js';
import { same, test } from './testing.mjs';

const mark = (lastSeq, readSeq) => new ReadMark({ lastSeq, readSeq });

test('unreadIsWhatLiesBetweenTheMarkAndTheLastMessage', () => same(mark(10, 7).unread, 3));

test('messageOfOthersRaisesUnread', () => {
  const room = mark(10, 10);
  room.saw(11);
  room.saw(11);
  room.saw(9);
  same(room.unread, 1);
});

test('ownMessageReadsEverythingBeforeIt', () => {
  const room = mark(10, 3);
  room.saw(11, true);
  same(room.unread, 0);
});

test('readingTellsTheServerOnceAndNeverGoesBack', () => {
  const room = mark(10, 7);
  same([room.read(10), room.unread], [true, 0]);
  room.heard(10);
  same([room.read(10), room.read(4), room.readSeq], [false, false, 10]);
});

test('readingThatWasNotConfirmedIsToldAgain', () => {
  const room = mark(10, 7);
  room.read(10);
  same(room.read(10), true);
});

test('markIsNeverAboveTheLastMessage', () => {
  const room = mark(10, 7);
  room.read(99);
  same(room.readSeq, 10);
});

test('readOnAnotherDeviceCountsHere', () => {
  const room = mark(10, 2);
  room.heard(8);
  room.heard(5);
  same([room.unread, room.read(8)], [2, false]);
});

test('markHeardBeforeItsMessageIsBelieved', () => {
  const room = mark(10, 10);
  room.heard(12);
  same([room.lastSeq, room.unread], [12, 0]);
});

test('resetFollowsAServerThatWentBack', () => {
  const room = mark(10, 10);
  room.reset({ lastSeq: 4, readSeq: 3 });
  same(room.unread, 1);
});
