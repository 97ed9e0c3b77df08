import { Timeline } from '../../../webroot/js/models/timeline.js';
import { same, test } from './testing.mjs';

const message = (seq, version = seq, text = `v${version}`) =>
  ({ seq, version, text, clientId: `c${seq}`, sender: { id: seq % 2 ? 'me' : 'ann' } });

const seqs = (timeline) => timeline.list().map(({ seq }) => seq);

function withPage(items, next) {
  const timeline = new Timeline('me');
  timeline.addPage({ items, next });
  return timeline;
}

test('newerRowReplacesOlder_olderDoesNot', () => {
  const timeline = withPage([message(1)]);
  same(timeline.upsert(message(1, 9)), true);
  same(timeline.upsert(message(1, 4)), false);
  same(timeline.upsert(message(1, 9)), false);
  same(timeline.get(1).version, 9);
});

test('historyPageDoesNotUndoALiveEdit', () => {
  const timeline = withPage([message(4), message(5)], 4);
  timeline.upsert(message(2, 9, 'edited'));
  timeline.addPage({ items: [message(1), message(2), message(3)] });
  same([timeline.get(2).text, seqs(timeline), timeline.complete], ['edited', [1, 2, 3, 4, 5], true]);
});

test('rowsBelowTheWindowAreNotShown', () => {
  const timeline = withPage([message(8), message(9)], 8);
  timeline.upsert(message(3, 20));
  same(seqs(timeline), [8, 9]);
});

test('rowsHeardBeforeTheFirstPageAreShownWithIt', () => {
  const timeline = new Timeline('me');
  timeline.upsert(message(3));
  same(seqs(timeline), []);
  timeline.addPage({ items: [message(1), message(2)] });
  same(seqs(timeline), [1, 2, 3]);
});

test('emptyRoomShowsItsFirstMessage', () => {
  const timeline = withPage([]);
  timeline.upsert(message(1));
  same(seqs(timeline), [1]);
});

test('rowsComeInTheOrderOfTheirNumbers', () => {
  const timeline = withPage([message(1)]);
  timeline.upsert(message(3));
  timeline.upsert(message(2));
  same(seqs(timeline), [1, 2, 3]);
});

test('onlyMyOwnClientIdsAreKnown', () => {
  const timeline = withPage([message(1), message(2)]);
  same([timeline.has('c1'), timeline.has('c2')], [true, false]);
});

test('provisionalRowGivesWayToTheRealOne', () => {
  const timeline = withPage([]);
  timeline.upsert(message(1, 0, 'as I wrote it'));
  timeline.upsert(message(1, 7, 'as it is stored'));
  same(timeline.get(1).text, 'as it is stored');
});

test('trimKeepsTheNewestAndCanLoadTheRestAgain', () => {
  const timeline = withPage(Array.from({ length: 10 }, (_, at) => message(at + 1)));
  timeline.trim(4);
  same([seqs(timeline), timeline.low, timeline.complete], [[7, 8, 9, 10], 7, false]);
  timeline.addPage({ items: [message(5), message(6)], next: 5 });
  same(seqs(timeline), [5, 6, 7, 8, 9, 10]);
});

const page = (from, to, next) => ({ items: Array.from({ length: to - from + 1 }, (_, at) => message(from + at)), next });

test('olderStretchIsLookedAtByItself', () => {
  const timeline = withPage([message(98), message(99)], 98);
  timeline.goTo(page(40, 44, 40));
  same([seqs(timeline), timeline.window], [[40, 41, 42, 43, 44], { low: 40, high: 44, complete: false }]);
  timeline.addOlder(page(38, 39, 38));
  timeline.addNewer(page(45, 46, 46));
  timeline.upsert(message(100));
  same([seqs(timeline), timeline.low], [[38, 39, 40, 41, 42, 43, 44, 45, 46], 98]);
  timeline.toNewest();
  same(seqs(timeline), [98, 99, 100]);
});

test('windowsThatTouchAreOne', () => {
  const timeline = withPage([message(48), message(49)], 48);
  timeline.goTo(page(1, 44));
  timeline.addNewer(page(45, 47, 47));
  same([timeline.away, timeline.low, timeline.complete, seqs(timeline).length], [null, 0, true, 49]);
});

test('pageThatReachesTheNewestIsNoLookBack', () => {
  const timeline = withPage([message(8), message(9)], 8);
  timeline.goTo(page(5, 9, 5));
  same([timeline.away, timeline.low, seqs(timeline)], [null, 5, [5, 6, 7, 8, 9]]);
});

test('rowOutsideOfTheWindowIsKeptUpToDate', () => {
  const timeline = withPage([message(98), message(99)], 98);
  timeline.upsert(message(5));
  timeline.upsert(message(5, 200, 'edited'));
  timeline.goTo(page(4, 6, 4));
  same(timeline.get(5).text, 'edited');
});

test('whatIsNewIsCountedWhereverOneLooks', () => {
  const timeline = withPage([message(98), message(99)], 98);
  timeline.goTo(page(4, 6, 4));
  timeline.upsert(message(100));
  timeline.upsert(message(101));
  same([timeline.newer(99), timeline.newer(101)], [1, 0]);
});

test('trimEndsTheLookBack', () => {
  const timeline = withPage([message(98), message(99)], 98);
  timeline.goTo(page(4, 6, 4));
  timeline.trim(2);
  same([timeline.away, seqs(timeline)], [null, [98, 99]]);
});

test('threadIsMadeOfTheRowsHeld', () => {
  const timeline = withPage([message(1), { ...message(3), threadOf: 1 }, { ...message(2), threadOf: 1 }, { ...message(4), threadOf: 9 }]);
  same(timeline.thread(1).map(({ seq }) => seq), [2, 3]);
});
