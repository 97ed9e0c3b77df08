import { Search, excerpt, finished, hasFilter, inRoom, nameIn, pieces, withFilter } from '../../../webroot/js/models/search.js';
import { same, test, until } from './testing.mjs';

const marked = (cut) => cut.map(({ text, marked: is }) => (is ? `[${text}]` : text)).join('');

test('wordsAreMarkedWhereTheServerSays', () => {
  same(marked(pieces('Viele Grüße und Küsse', [[6, 11], [16, 21]])), 'Viele [Grüße] und [Küsse]');
  same(marked(pieces('👍 ok', [[0, 2]])), '[👍] ok');
  same(pieces('<b>x</b>', [[0, 3]])[0], { text: '<b>', marked: true });
  same(marked(pieces('abc', [[2, 1], [0, 9], [1, 2], [0, 1]])), 'a[b]c');
  same(pieces('', []), []);
});

test('excerptBeginsShortlyBeforeItsFirstMark', () => {
  const text = `${'a '.repeat(200)}needle${' b'.repeat(300)}`;
  const shown = marked(excerpt(text, [[400, 406]]));
  same(shown.startsWith('…a a') && shown.includes('[needle]') && shown.endsWith('…'), true);
  same(shown.length < 320, true);
  same(marked(excerpt('short needle', [[6, 12]])), 'short [needle]');
});

test('filtersAreNoNames', () => {
  same(nameIn(' ann  from:@bob "in  time" has:link'), 'ann in time');
  same(nameIn('in:"my room" plan'), 'plan');
  same([hasFilter('http://x'), hasFilter('from:a'), hasFilter('a in:')], [false, true, true]);
  same([withFilter('', 'from:@'), withFilter('plan ', 'in:')], ['from:@', 'plan in:']);
});

test('filterThatIsBeingTypedIsNotAskedForYet', () => {
  same(['plan from:@', 'plan from:', 'in:', 'plan in:"', 'a before:2026-01', 'has:li', 'has:'].map(finished), ['plan', 'plan', '', 'plan', 'a', '', '']);
  const whole = ['plan from:@a', 'in:l', 'before:2026-01-31', 'has:link', 'has:money', 'begin:', 'from: ann'];
  same(whole.map(finished), whole);
});

test('roomIsNamedSoThatTheServerKnowsIt', () => {
  same(inRoom({ id: '7', kind: 'group', title: 'Lobby' }), 'in:Lobby ');
  same(inRoom({ id: '7', kind: 'group', title: 'My room' }), 'in:"My room" ');
  same(inRoom({ id: '7', kind: 'group', title: 'The "room"' }), 'in:7 ');
  same(inRoom({ id: '7', kind: 'direct', title: 'Bob', other: { username: 'bob' } }), 'in:@bob ');
});

function fake(answers) {
  const asked = [];
  const api = {
    get: (path, query) => {
      asked.push(`${path} ${query.q}${query.before ? ` ${query.before}` : ''}`);
      const answer = answers(path, query);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return { asked, search: new Search({ api, mine: () => [{ id: '1', title: 'Planning' }, { id: '2', title: 'Other' }] }) };
}

const hit = (seq) => ({ message: { roomId: '1', seq }, highlights: [] });

test('peopleRoomsAndMessagesAreFound', async () => {
  const { search } = fake((path) => (path === 'users' ? { items: [{ id: 'a' }] } : { items: [hit(3)], next: 'n' }));
  await search.ask(' plan ');
  same([search.people.length, search.rooms.map(({ id }) => id), search.messages.map(({ message }) => message.seq), search.next], [1, ['1'], [3], 'n']);
  await search.more();
  same(search.messages.length, 2);
  await search.ask('');
  same([search.messages, search.people, search.rooms], [null, [], []]);
});

test('filtersAskForMessagesAlone', async () => {
  const { search, asked } = fake(() => ({ items: [] }));
  await search.ask('plan from:@ann');
  same(asked, ['chat/search plan from:@ann']);
  same(search.empty, true);
});

test('shortPagesAreGoneThrough', async () => {
  let page = 0;
  const { search, asked } = fake((path) => (path === 'users' ? { items: [] } : ++page < 3 ? { items: [], next: `p${page}` } : { items: [hit(1)] }));
  await search.ask('seldom');
  same(asked.filter((one) => one.startsWith('chat')), ['chat/search seldom', 'chat/search seldom p1', 'chat/search seldom p2']);
  same([search.messages.length, search.next], [1, undefined]);
});

test('answerToWhatWasTypedBeforeIsThrownAway', async () => {
  let first;
  const { search } = fake((path, { q }) => {
    if (path === 'users') return { items: [] };
    return q === 'a' ? new Promise((resolve) => { first = () => resolve({ items: [hit(1)] }); }) : { items: [hit(2)] };
  });
  const before = search.ask('a');
  await search.ask('ab');
  first();
  await before;
  same(search.messages.map(({ message }) => message.seq), [2]);
});

test('problemIsKeptAndGoesWithTheNextQuery', async () => {
  let broken = true;
  const { search } = fake((path) => (path === 'users' || !broken ? { items: [] } : new Error('no')));
  await search.ask('x');
  same([search.problem.message, search.busy, search.empty], ['no', false, false]);
  broken = false;
  await search.ask('xy');
  same([search.problem, search.empty], [null, true]);
});

test('peopleWhoCouldNotBeLookedForAreNotNobody', async () => {
  let broken = true;
  const { search } = fake((path) => (path !== 'users' ? { items: [] } : broken ? new Error('no') : { items: [{ id: 'a' }] }));
  await search.ask('x');
  same([search.people, search.problem.message, search.busy, search.empty], [[], 'no', false, false]);
  broken = false;
  await search.ask('x');
  same([search.people.length, search.problem], [1, null]);
});

test('whatCanBeNobodysNameIsNoProblem', async () => {
  const { search } = fake((path) => (path === 'users' ? Object.assign(new Error('no'), { definite: true }) : { items: [] }));
  await search.ask('x');
  same([search.problem, search.empty], [null, true]);
});

test('olderMessagesDoNotSendPeopleAway', async () => {
  let answer;
  const { search } = fake((path, { before }) => {
    if (path === 'users') return new Promise((resolve) => { answer = () => resolve({ items: [{ id: 'a' }] }); });
    return before ? { items: [hit(2)] } : { items: [hit(3)], next: 'n' };
  });
  const asked = search.ask('x');
  await until(() => search.next, 'the first page');
  await search.more();
  answer();
  await asked;
  same([search.people.length, search.messages.length], [1, 2]);
});
