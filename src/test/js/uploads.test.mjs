import { Problem } from '../../../webroot/js/lib/api.js';
import { Uploads } from '../../../webroot/js/models/uploads.js';
import { idle, ok, same, test, until } from './testing.mjs';

function shelf() {
  const kept = new Map();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

const file = (name, size = 3) => ({ name, type: 'image/png', size });

/** Uploads whose server answers as `answer(item, ways)` says; `running` has those under way, to be ended by hand. */
function uploads({ answer, store, stalls } = {}) {
  const running = new Map();
  const forgotten = [];
  const hang = (item, { signal, onProgress }) => new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Problem({ title: 'Given up.' })));
    running.set(item.name, { onProgress, reject, arrive: () => resolve({ id: `id-${item.name}`, name: item.name, type: item.type, size: item.size }) });
  });
  const it = new Uploads({ userId: 'me', store, stalls, wait: () => 1, send: answer ?? hang, forget: (id) => forgotten.push(id) });
  return { it, tray: it.tray('room'), running, forgotten };
}

const states = (tray) => tray.items.map(({ name, state }) => `${name} ${state}`);

test('twoFilesGoAtOnceAndTheOthersWait', async () => {
  const { it, tray, running } = uploads();
  tray.add([file('a'), file('b'), file('c')]);
  await until(() => running.size === 2);
  same(states(tray), ['a sending', 'b sending', 'c waiting']);
  running.get('a').onProgress(0.4);
  same(tray.items[0].progress, 0.4);
  running.get('a').arrive();
  await until(() => running.size === 3);
  same(states(tray), ['a done', 'b sending', 'c sending']);
  same(tray.attachments.map(({ id }) => id), ['id-a']);
  it.stop();
});

test('messageWaitsForItsFilesAndGoesOnce', async () => {
  const { tray, running } = uploads();
  let sent = 0;
  tray.add([file('a')]);
  tray.whenDone(() => { sent++; tray.clear(); });
  ok(tray.armed);
  await until(() => running.size);
  same(sent, 0);
  running.get('a').arrive();
  await until(() => sent === 1);
  await idle();
  same([sent, tray.armed, tray.items.length], [1, false, 0]);
});

test('refusedFileHoldsTheMessageBackUntilItIsTriedAgainOrRemoved', async () => {
  let refuse = true;
  let sent = 0;
  const answer = async ({ name }) => {
    if (refuse) throw new Problem({ status: 413, type: '/problems/quota-spent', title: 'You have no room for more files' });
    return { id: name };
  };
  const { tray } = uploads({ answer });
  tray.add([file('a')]);
  tray.whenDone(() => sent++);
  await until(() => tray.stuck);
  same([states(tray), tray.items[0].problem, tray.armed, sent], [['a failed'], 'You have no room left for files.', false, 0]);
  refuse = false;
  tray.retry(tray.items[0].id);
  await until(() => tray.attachments.length);
  same([tray.stuck, tray.busy], [false, false]);
});

test('whatIsTooLargeIsToldWithTheLimit', async () => {
  const errors = [{ pointer: '/file', detail: 'may have 26214400 bytes at most' }];
  const { tray } = uploads({ answer: async () => { throw new Problem({ status: 413, type: '/problems/too-large', errors }); } });
  tray.add([file('a')]);
  await until(() => tray.stuck);
  same([tray.items[0].problem, tray.items[0].vain], ['Too large: at most 25 MB.', true]);
});

test('lostConnectionIsTriedAgainByItself_andAtOnceWhenItIsBack', async () => {
  const answers = [new Problem(), new Problem({ status: 503 }), new Problem({ status: 429 })];
  const { it, tray } = uploads({ answer: async () => { if (answers.length) throw answers.shift(); return { id: 'a' }; } });
  it.wait = () => 3_600_000;
  tray.add([file('a')]);
  for (let left = 2; left >= 0; left--) {
    await until(() => answers.length === left && tray.items[0].state === 'retrying');
    it.wake();
  }
  await until(() => tray.attachments.length === 1);
});

test('fileThatDoesNotMoveIsSentAnew', async () => {
  const { tray, running } = uploads({ stalls: 20 });
  tray.add([file('a')]);
  await until(() => running.size);
  const first = running.get('a');
  await until(() => running.get('a') !== first);
  running.get('a').arrive();
  await until(() => tray.attachments.length === 1);
});

test('cancelledFileLeavesNothingBehind', async () => {
  const { tray, running, forgotten } = uploads();
  tray.add([file('a'), file('b'), file('c')]);
  await until(() => running.size === 2);
  running.get('b').arrive();
  await until(() => running.size === 3);
  for (const { id } of tray.items) tray.remove(id);
  await idle();
  same([tray.items, forgotten, tray.busy], [[], ['id-b'], false]);
});

test('messageCarriesTenFilesAtMost', () => {
  const { it, tray } = uploads();
  tray.add(Array.from({ length: 12 }, (_, at) => file(`f${at}`)));
  same([tray.items.length, tray.note], [10, 'A message carries at most 10 files: 2 were left out.']);
  it.stop();
});

test('afterAReloadWhatHadArrivedIsThereAndTheRestIsToldToBeGone', async () => {
  const store = shelf();
  const { it, tray, running } = uploads({ store });
  tray.add([file('a'), file('b')]);
  await until(() => running.size === 2);
  running.get('a').arrive();
  await until(() => tray.attachments.length);
  const before = store.getItem('parley-uploads-me');
  it.stop();
  store.setItem('parley-uploads-me', before);
  const after = uploads({ store });
  same([states(after.tray), after.tray.stuck, after.tray.attachments.map(({ id }) => id)], [['a done', 'b gone'], true, ['id-a']]);
  after.tray.remove(after.tray.items[1].id);
  same(after.tray.stuck, false);
  same(states(uploads({ store }).tray), ['a done']);
  after.it.stop();
  same([store.kept.size, states(uploads({ store }).tray)], [0, []]);
});

test('roomThatIsLostTakesItsTraysAlong', async () => {
  const { it, tray, running } = uploads();
  const thread = it.tray('room/7');
  const other = it.tray('other');
  for (const one of [tray, thread, other]) one.add([file('a')]);
  await until(() => running.size);
  it.dropRoom('room');
  same([tray.items.length, thread.items.length, other.items.length], [0, 0, 1]);
  it.stop();
});
