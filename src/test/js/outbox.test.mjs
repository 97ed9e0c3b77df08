import { Problem } from '../../../webroot/js/lib/api.js';
import { memoryStore } from '../../../webroot/js/lib/outbox-store.js';
import { withLock } from '../../../webroot/js/lib/locks.js';
import { Outbox } from '../../../webroot/js/models/outbox.js';
import { idle, ok, same, seeded, test, until } from './testing.mjs';

let lockNames = 0;

/** A tab of a user: its outbox over a shared store, and what it sent. */
function tab({ store = memoryStore(), userId = `user-${++lockNames}`, answer = accept(), channel } = {}) {
  const sent = [];
  const posted = [];
  const deliver = async (entry) => {
    sent.push(entry.text);
    await idle();
    return answer(entry);
  };
  const outbox = new Outbox({
    userId, store, lock: withLock, channel, deliver, wait: () => 1, onPosted: (entry) => posted.push(entry.text),
  });
  return { outbox, sent, posted, store, userId };
}

function accept() {
  let seq = 0;
  return () => ({ seq: ++seq, version: seq, sentAt: '2024-01-01T00:00:00Z' });
}

/** Answers with these problems first (by text), then accepts. */
function failing(problems) {
  const good = accept();
  return (entry) => {
    const status = problems[entry.text]?.shift();
    if (status !== undefined) throw new Problem({ status, detail: `status ${status}` });
    return good(entry);
  };
}

const states = (outbox, room = 'r') => outbox.ofRoom(room).map(({ text, state }) => [text, state]);

test('messagesOfARoomGoInTheOrderTheyWereWritten', async () => {
  const { outbox, posted } = tab();
  for (const text of ['a', 'b', 'c', 'd']) outbox.add('r', text);
  same(states(outbox).map(([text]) => text), ['a', 'b', 'c', 'd'], 'shown at once');
  await until(() => outbox.size === 0);
  same(posted, ['a', 'b', 'c', 'd']);
});

test('unansweredMessageGoesAgainBeforeAnyLaterOne', async () => {
  const { outbox, sent } = tab({ answer: failing({ a: [0, 503, 429, 500] }) });
  outbox.add('r', 'a');
  outbox.add('r', 'b');
  await until(() => outbox.size === 0);
  same(sent, ['a', 'a', 'a', 'a', 'a', 'b']);
});

test('refusedMessageStandsAsideWithItsReason', async () => {
  const { outbox, posted } = tab({ answer: failing({ a: [422] }) });
  outbox.add('r', 'a');
  outbox.add('r', 'b');
  await until(() => posted.includes('b'));
  await until(() => outbox.size === 1);
  same(states(outbox), [['a', 'failed']]);
  same(outbox.ofRoom('r')[0].reason, 'status 422');
});

test('refusedMessageCanBeSentAgainWithTheSameId', async () => {
  const { outbox, sent } = tab({ answer: failing({ a: [403] }) });
  outbox.add('r', 'a');
  await until(() => states(outbox)[0]?.[1] === 'failed');
  const [{ clientId }] = outbox.ofRoom('r');
  outbox.retry(clientId);
  await until(() => outbox.size === 0);
  same(sent, ['a', 'a']);
});

test('refusedMessageCanBeDiscarded', async () => {
  const { outbox, store, userId } = tab({ answer: failing({ a: [400] }) });
  outbox.add('r', 'a');
  await until(() => states(outbox)[0]?.[1] === 'failed');
  await outbox.discard(outbox.ofRoom('r')[0].clientId);
  same([outbox.size, await store.all(userId)], [0, []]);
});

test('oneRoomDoesNotWaitForAnother', async () => {
  const { outbox, posted } = tab({ answer: ({ roomId }) => (roomId === 'slow' ? new Promise(() => {}) : { seq: 1 }) });
  outbox.add('slow', 'a');
  outbox.add('fast', 'b');
  await until(() => posted.includes('b'));
  same(states(outbox, 'slow'), [['a', 'pending']]);
});

test('reloadedPageSendsWhatWasLeft', async () => {
  const store = memoryStore();
  const before = tab({ store, userId: 'ann', answer: () => new Promise(() => {}) });
  await before.outbox.add('r', 'a');
  await before.outbox.add('r', 'b');
  await until(() => before.sent.length === 1);
  before.outbox.stop();
  const after = tab({ store, userId: 'ann-after' });
  after.outbox.userId = 'ann';
  after.outbox.lock = (_name, options, work) => work(options);
  await after.outbox.load();
  await until(() => after.outbox.size === 0);
  same(after.posted, ['a', 'b']);
});

test('anotherAccountNeverSendsIt', async () => {
  const store = memoryStore();
  const ann = tab({ store, answer: () => new Promise(() => {}) });
  await ann.outbox.add('r', 'a');
  ann.outbox.stop();
  const ben = tab({ store });
  await ben.outbox.load();
  await idle();
  same([ben.outbox.size, ben.sent], [0, []]);
});

test('stoppedOutboxSendsNothingMore', async () => {
  const { outbox, sent } = tab({ answer: failing({ a: Array(1_000).fill(503) }) });
  outbox.add('r', 'a');
  await until(() => sent.length > 2);
  outbox.stop();
  await idle();
  const count = sent.length;
  for (let turn = 0; turn < 20; turn++) await idle();
  same(sent.length, count);
});

test('wakeEndsTheWaiting', async () => {
  const { outbox, posted } = tab({ answer: failing({ a: [0] }) });
  outbox.wait = () => 3_600_000;
  outbox.add('r', 'a');
  await until(() => outbox.size === 1);
  const waking = setInterval(() => outbox.wake(), 1);
  await until(() => posted.length === 1);
  clearInterval(waking);
});

test('messageSeenInTheRoomIsNoLongerPending', async () => {
  const { outbox, store, userId } = tab({ answer: () => new Promise(() => {}) });
  await outbox.add('r', 'a');
  outbox.confirm(outbox.ofRoom('r')[0].clientId);
  await idle();
  same([outbox.size, (await store.all(userId)).length], [0, 0]);
});

test('twoTabsSendEachMessageOnce', async () => {
  const random = seeded(11);
  const store = memoryStore();
  const channels = new Map();
  const channelOf = (name) => {
    const channel = { postMessage: (data) => { for (const [other, port] of channels) if (other !== name) port.onmessage?.({ data }); } };
    channels.set(name, channel);
    return channel;
  };
  const userId = 'two-tabs';
  const one = tab({ store, userId, channel: channelOf('one') });
  const two = tab({ store, userId, channel: channelOf('two') });
  const written = Array.from({ length: 40 }, (_, at) => `m${at}`);
  for (const text of written) {
    await (random.chance(0.5) ? one : two).outbox.add(random.chance(0.5) ? 'r' : 's', text);
    if (random.chance(0.2)) await idle();
  }
  await until(() => one.outbox.size === 0 && two.outbox.size === 0);
  same([...one.sent, ...two.sent].sort(), [...written].sort());
  ok(one.posted.length === written.length && two.posted.length === written.length, 'both tabs hear of each');
});

test('whatAMessageAnswersIsKeptWithIt', async () => {
  const { outbox, store, userId } = tab({ answer: () => { throw new Problem(); } });
  await outbox.add('r', 'yes', { replyTo: 3, threadOf: undefined });
  await outbox.add('r', 'no', { threadOf: 4 });
  outbox.stop();
  same((await store.all(userId)).map(({ text, replyTo, threadOf }) => [text, replyTo ?? 0, threadOf ?? 0]), [['yes', 3, 0], ['no', 0, 4]]);
});

test('filesOfAMessageAreKeptWithIt_andOneThatIsLostIsNamed', async () => {
  const attachments = [{ id: 'x', name: 'a.png' }, { id: 'y', name: 'b.png' }];
  const errors = [{ pointer: '/attachments/1', detail: 'is not there' }];
  const { outbox, store, userId } = tab({ answer: () => { throw new Problem({ status: 400, errors }); } });
  await outbox.add('r', '', { attachments });
  await until(() => states(outbox)[0]?.[1] === 'failed');
  same([(await store.all(userId))[0].attachments, outbox.ofRoom('r')[0].reason], [attachments, 'b.png is not there any more. Please add it again.']);
  await outbox.add('r', 'words', { attachments: [] });
  ok(!('attachments' in outbox.ofRoom('r').at(-1)));
});
