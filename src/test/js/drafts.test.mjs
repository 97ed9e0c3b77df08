import { Blocks } from '../../../webroot/js/models/blocks.js';
import { Drafts } from '../../../webroot/js/models/drafts.js';
import { Mentions } from '../../../webroot/js/models/mentions.js';
import { Seen } from '../../../webroot/js/models/seen.js';
import { idle, same, test, until } from './testing.mjs';

function shelf() {
  const kept = new Map();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

function server(drafts = {}) {
  const calls = [];
  return {
    drafts, calls,
    get: async () => ({ items: Object.entries(drafts).map(([roomId, text]) => ({ roomId, text })) }),
    put: async (path, { text }) => { calls.push(`${path} ${text}`); },
    delete: async (path) => { calls.push(`${path} -`); },
  };
}

test('draftIsKeptHereAtOnceAndThereAfterAPause', async () => {
  const [api, store] = [server(), shelf()];
  const drafts = new Drafts({ userId: 'me', api, store, settles: 5 });
  await drafts.load();
  drafts.write('a', 'Dear');
  drafts.write('a', 'Dear Ann');
  same(new Drafts({ userId: 'me', api, store }).text('a'), 'Dear Ann');
  const closedAtOnce = new Drafts({ userId: 'me', api: server(), store });
  await closedAtOnce.load();
  same(closedAtOnce.text('a'), 'Dear Ann', 'the server never had it');
  same(new Drafts({ userId: 'other', api, store }).text('a'), '');
  await until(() => api.calls.length);
  drafts.write('b', 'typed and sent at once');
  drafts.write('b', '');
  drafts.write('a', '');
  await until(() => api.calls.length === 2);
  same([api.calls, store.kept.size], [['chat/rooms/a/draft Dear Ann', 'chat/rooms/a/draft -'], 0]);
});

test('draftsOfOtherDevicesComeButNotOverWhatIsWrittenHere', async () => {
  const api = server({ a: 'from the phone', b: 'old' });
  const drafts = new Drafts({ userId: 'me', api, store: shelf(), settles: 60_000 });
  drafts.write('b', 'mine');
  await drafts.load();
  same([drafts.text('a'), drafts.text('b')], ['from the phone', 'mine']);
  drafts.hear({ type: 'draft', roomId: 'b', draft: { text: 'theirs' } });
  drafts.hear({ type: 'draft', roomId: 'a' });
  same([drafts.text('a'), drafts.text('b')], ['', 'mine']);
  drafts.stop();
  await idle();
  same(api.calls, ['chat/rooms/b/draft mine']);
});

test('draftThatIsSentWhileItIsOnItsWayDoesNotComeBack', async () => {
  const api = server();
  let arrive;
  api.put = () => new Promise((resolve) => { arrive = resolve; });
  const drafts = new Drafts({ userId: 'me', api, store: shelf(), settles: 1 });
  await drafts.load();
  drafts.write('a', 'sent soon');
  await until(() => arrive);
  drafts.write('a', '');
  await idle();
  drafts.hear({ type: 'draft', roomId: 'a', draft: { text: 'sent soon' } });
  same(drafts.text('a'), '');
  arrive();
  await until(() => api.calls.length);
  same([drafts.text('a'), api.calls], ['', ['chat/rooms/a/draft -']]);
});

test('blocksFollowWhatIsDoneElsewhere', async () => {
  let items = [{ id: 'ben', displayName: 'Ben' }];
  const blocks = new Blocks({ api: { get: async () => ({ items }), put: async () => {}, delete: async () => {} } });
  await blocks.load();
  same([blocks.has('ben'), blocks.has('ann')], [true, false]);
  await blocks.block({ id: 'ann', displayName: 'Ann' });
  same(blocks.list().map(({ id }) => id), ['ann', 'ben']);
  blocks.hear({ type: 'block', userId: 'ben', blocked: false });
  same(blocks.list().map(({ id }) => id), ['ann']);
  items = [{ id: 'cem', displayName: 'Cem' }];
  blocks.hear({ type: 'block', userId: 'cem', blocked: true });
  await until(() => blocks.has('cem'));
});

test('mentionsComeByPagesAndNoneTwice', async () => {
  const mention = (seq) => ({ roomId: 'a', message: { seq } });
  const pages = { undefined: { items: [mention(9), mention(7)], next: 'x' }, x: { items: [mention(7), mention(2)] } };
  const mentions = new Mentions({ api: { get: async (path, { before }) => pages[before] } });
  await mentions.load();
  await mentions.more();
  await mentions.more();
  same(mentions.items.map(({ message }) => message.seq), [9, 7, 2]);
});

test('seenIsWhoHasReadThatFar', () => {
  const seen = new Seen();
  seen.heard('ann', 4);
  seen.heard('ben', 2);
  seen.heard('ann', 3);
  seen.heard('me', 9);
  same([seen.by(4, 'me'), seen.by(2, 'me'), seen.by(5, 'me')], [['ann'], ['ann', 'ben'], []]);
});
