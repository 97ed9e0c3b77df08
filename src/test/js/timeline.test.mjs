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
