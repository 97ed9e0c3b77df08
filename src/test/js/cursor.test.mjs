import { Cursor } from '../../../webroot/js/models/cursor.js';
import { same, test } from './testing.mjs';

const event = (version) => ({ version });

function cursorAt(version, server = {}) {
  const applied = [];
  const asked = [];
  const cursor = new Cursor(version, {
    apply: ({ version }) => applied.push(version),
    sync: async (since) => { asked.push(since); return server.sync(since); },
    restart: async () => { asked.push('restart'); return { head: server.head(), replace: () => applied.splice(0) }; },
    failed: async () => false,
  });
  return { cursor, applied, asked };
}

const upTo = (last, page = 200) => ({
  head: () => ({ version: last, lastSeq: last }),
  sync(since) {
    const items = [];
    for (let version = since + 1; version <= last && items.length < page; version++) items.push(event(version));
    return { items, head: this.head(), more: since + items.length < last };
  },
});

test('contiguousEventsMoveTheCursor', () => {
  const { cursor, applied, asked } = cursorAt(3);
  cursor.hear(event(4));
  cursor.hear(event(5));
  same([cursor.version, applied, asked], [5, [4, 5], []]);
});

test('oldEventIsOfferedButMovesNothing', () => {
  const { cursor, applied, asked } = cursorAt(3);
  cursor.hear(event(2));
  same([cursor.version, applied, asked], [3, [2], []]);
});

test('eventBeyondAGapAsksForWhatIsMissing', async () => {
  const { cursor, asked } = cursorAt(3, upTo(6));
  cursor.hear(event(6));
  await cursor.settled();
  same([cursor.version, asked], [6, [3]]);
});

test('headAboveTheCursorAsksPageByPage', async () => {
  const { cursor, asked } = cursorAt(0, upTo(500));
  cursor.head(500);
  await cursor.settled();
  same([cursor.version, asked], [500, [0, 200, 400]]);
});

test('eventsThatComeDuringASyncCountAfterIt', async () => {
  const { cursor, asked } = cursorAt(3, upTo(6));
  cursor.hear(event(6));
  cursor.hear(event(7));
  cursor.hear(event(8));
  await cursor.settled();
  same([cursor.version, asked], [8, [3]], 'no second sync is needed');
});

test('moreThanAThousandBehindStartsOver', async () => {
  const { cursor, asked } = cursorAt(5, upTo(1_006));
  cursor.head(1_006);
  await cursor.settled();
  same([cursor.version, asked], [1_006, ['restart']]);
});

test('exactlyAThousandBehindSyncs', async () => {
  const { cursor, asked } = cursorAt(5, upTo(1_005));
  cursor.head(1_005);
  await cursor.settled();
  same([cursor.version, asked.length], [1_005, 5]);
});

test('headBelowTheCursorStartsOverOnceTheServerConfirmsIt', async () => {
  const { cursor, asked } = cursorAt(9, upTo(4));
  cursor.head(4);
  await cursor.settled();
  same([cursor.version, asked], [4, [9, 'restart']]);
});

test('lateHeadBelowTheCursorDoesNoHarm', async () => {
  const { cursor, asked } = cursorAt(9, upTo(9));
  cursor.head(8);
  await cursor.settled();
  same([cursor.version, asked], [9, [9]]);
});

test('eventsDuringARestartAreAppliedAfterIt', async () => {
  const { cursor, applied } = cursorAt(0, upTo(2_000));
  cursor.head(2_000);
  cursor.hear(event(2_001));
  await cursor.settled();
  same([cursor.version, applied], [2_001, [2_001]]);
});

test('failedSyncLeavesTheCursorAndIsTriedAgainOnTheNextHead', async () => {
  let broken = true;
  const server = upTo(6);
  const { cursor } = cursorAt(3, { ...server, sync: (since) => { if (broken) throw new Error('down'); return server.sync(since); } });
  cursor.head(6);
  await cursor.settled();
  same([cursor.version, cursor.behind], [3, true]);
  broken = false;
  cursor.head(6);
  await cursor.settled();
  same([cursor.version, cursor.behind], [6, false]);
});

test('stoppedCursorHearsNothing', () => {
  const { cursor, applied } = cursorAt(3);
  cursor.stop();
  cursor.hear(event(4));
  same([cursor.version, applied], [3, []]);
});
