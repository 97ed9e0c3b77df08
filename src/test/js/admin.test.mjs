import { Api, Problem } from '../../../webroot/js/lib/api.js';
import { Catalogue, fitting, grouped, listColumns, namesIn, openingColumn, rowName, sortOf, sortsFor } from '../../../webroot/admin/js/models/catalogue.js';
import { aboutFields, bodyOf, changesOf, checkFields, controlOf, initialValues } from '../../../webroot/admin/js/models/fields.js';
import { listHref, NO_QUERY, parseRoute, rowHref, sortedBy, withFilter, withoutFilter } from '../../../webroot/admin/js/models/route.js';
import { Deeds, Rows } from '../../../webroot/admin/js/models/rows.js';
import { shownSettings, sourceInWords } from '../../../webroot/admin/js/models/settings.js';
import { csvName, inWords, lasting, pretty, shortId, titled, whenInWords } from '../../../webroot/admin/js/models/values.js';
import { same, test, until } from './testing.mjs';

const USERS = {
  name: 'users', title: 'Users', group: 'People', searchable: true, delete: true, actions: [],
  columns: [{ name: 'id', title: 'Id', type: 'id' }, { name: 'username', title: 'User name', type: 'text' }, { name: 'role', title: 'Role', type: 'choice' }],
  sorts: [{ name: 'username', title: 'User name' }, { name: 'createdAt', title: 'Made' }],
  filters: [{ name: 'role', title: 'Role', type: 'choice', values: ['user', 'admin'], sorts: ['createdAt'] }],
};
const SESSIONS = { name: 'sessions', title: 'Sessions', group: 'People', columns: [], sorts: [], filters: [{ name: 'userId', title: 'User', type: 'id', references: 'users' }] };

/** Answers in the order in which the test lets them go: `answer(0, 200, …)` is the first question's. */
function held() {
  const asked = [];
  const answer = async (at, status, json) => {
    await until(() => asked[at], `question ${at}`);
    asked[at].answer(status, json);
  };
  const fetch = (url, { method, body }) => new Promise((resolve) => {
    asked.push({
      what: `${method} ${url.pathname.replace('/api/v1/', '')}${decodeURIComponent(url.search)}`, body: body && JSON.parse(body),
      answer: (status, json) => resolve(new Response(JSON.stringify(json), { status })),
    });
  });
  return { asked, answer, api: new Api(new URL('https://chat.test/'), { fetch }) };
}

// Addresses

test('adminAddressSaysWhatIsShown', () => {
  same(parseRoute('#/users'), { page: 'users', query: { q: '', sort: '', after: '', filters: [] } });
  same(parseRoute('#/users?q=an%20n&sort=-username&filter=role%3Aadmin&filter=text%3Aa%3Ab&after=c%3D').query,
    { q: 'an n', sort: '-username', after: 'c=', filters: [{ name: 'role', value: 'admin' }, { name: 'text', value: 'a:b' }] });
  same(parseRoute('#/messages/a%2Fb%3A1'), { page: 'messages', id: 'a/b:1' });
  same([parseRoute('').page, parseRoute('#/users/%').id, parseRoute('#/users?filter=x').query.filters], ['', '%', []]);
});

test('adminAddressIsReadAsItWasWritten', () => {
  const query = { q: '#&?', sort: '-createdAt', after: 'a+b/=', filters: [{ name: 'name', value: '<b>:&x=1' }] };
  same(parseRoute(listHref('users', query)), { page: 'users', query });
  same(parseRoute(rowHref('media', 'a/b?c#d')), { page: 'media', id: 'a/b?c#d' });
  same(listHref('users'), '#/users');
});

test('whatNarrowsAListBeginsAtItsFirstPage', () => {
  const deep = { ...NO_QUERY, after: 'x', filters: [{ name: 'role', value: 'user' }] };
  same(withFilter(deep, 'role', 'admin'), { q: '', sort: '', after: '', filters: [{ name: 'role', value: 'admin' }] });
  same(withoutFilter(deep, 'role').filters, []);
  same([sortedBy(deep, 'username').sort, sortedBy({ ...deep, sort: 'username' }, 'username').sort, sortedBy({ ...deep, sort: '-username' }, 'username').sort],
    ['username', '-username', 'username']);
});

// Models

test('onlyOrdersThatGoWithTheFiltersAreOffered', () => {
  const filtered = withFilter({ ...NO_QUERY, sort: '-username' }, 'role', 'admin');
  same(sortsFor(USERS, NO_QUERY).map(({ name }) => name), ['username', 'createdAt']);
  same(sortsFor(USERS, filtered).map(({ name }) => name), ['createdAt']);
  same(sortsFor(USERS, { ...NO_QUERY, q: 'a' }), []);
  same([fitting(USERS, filtered).sort, fitting(USERS, { ...NO_QUERY, sort: '-username' }).sort], ['', '-username']);
});

test('modelsComeInTheirGroups_andWhatBelongsToARowIsFound', async () => {
  const { answer, api } = held();
  const catalogue = new Catalogue({ api });
  const loading = catalogue.load();
  await answer(0, 200, { items: [USERS, { ...SESSIONS, group: 'Other' }, { ...SESSIONS, name: 'keys', filters: [] }] });
  await loading;
  same(grouped(catalogue.models).map(({ group, items }) => [group, items.map(({ name }) => name)]), [['People', ['users', 'keys']], ['Other', ['sessions']]]);
  same(catalogue.related('users').map(({ model, filter }) => [model.name, filter.name]), [['sessions', 'userId']]);
});

test('nameBesideAReferenceIsTheWordsOfItsLink', () => {
  const columns = [{ name: 'userId', references: 'users' }, { name: 'userIdName', type: 'text' }, { name: 'room', references: 'chat-rooms' }, { name: 'at', type: 'time' }];
  same(listColumns({ columns }).map(({ name, label }) => [name, label]), [['userId', 'userIdName'], ['room', null], ['at', null]]);
});

const MEMBERS = {
  name: 'members', sorts: [], filters: [],
  columns: [{ name: 'room', type: 'id', references: 'chat-rooms' }, { name: 'roomName', type: 'text' }, { name: 'user', type: 'id', references: 'users' },
    { name: 'userName', type: 'text' }, { name: 'role', type: 'choice' }],
};
const AUDIT = { name: 'audit-log', columns: [{ name: 'at', type: 'time' }, { name: 'actor', type: 'id', references: 'users' }, { name: 'actorName', type: 'text' }, { name: 'action', type: 'text' }] };

test('rowIsCalledByItsFirstText', () => {
  same([rowName(USERS, { id: '1', username: 'ann' }), rowName(USERS, { id: '1', username: ' ' }), rowName(SESSIONS, { id: '2' })], ['ann', '1', '2']);
  same([rowName(MEMBERS, { id: '1', roomName: 'Lobby', userName: 'ann' }), rowName(AUDIT, { id: '7', actorName: 'ann', action: 'update' }), rowName(AUDIT, { id: '7', action: 'x'.repeat(100) })],
    ['Lobby, ann', 'ann, update', `${'x'.repeat(80)}…`]);
});

test('namesInAPageAreItsRowsAndWhoTheyReferTo', () => {
  same(namesIn(MEMBERS, [{ id: '1', room: 'r', roomName: 'Lobby', user: 'u' }]), [['1', 'Lobby'], ['r', 'Lobby']]);
});

test('rowOpensByItsText_orByWhatLeadsNowhereElse', () => {
  same([USERS, MEMBERS, AUDIT].map((model) => openingColumn(listColumns(model)).name), ['username', 'role', 'action']);
});

test('headOfAColumnOffersTheOrderOfItsNameOrTitle', () => {
  same([sortOf(USERS.sorts, { name: 'username' })?.name, sortOf(USERS.sorts, { name: 'made', title: 'Made' })?.name, sortOf(USERS.sorts, { name: 'x', title: 'X' })], ['username', 'createdAt', undefined]);
});

// Lists

test('listIsAskedAsTheAddressSays', async () => {
  const { asked, answer, api } = held();
  const rows = new Rows({ api, model: USERS });
  const loading = rows.load({ q: 'an', sort: '-createdAt', after: 'c', filters: [{ name: 'role', value: 'user' }, { name: 'email', value: 'a:b' }] });
  same([rows.busy, rows.items], [true, null]);
  await answer(0, 200, { items: [{ id: '1' }], next: 'd' });
  await loading;
  same(asked[0].what, 'GET admin/users?q=an&sort=-createdAt&filter=role:user&filter=email:a:b&after=c&limit=50');
  same([rows.busy, rows.items, rows.next], [false, [{ id: '1' }], 'd']);
});

test('answerToAnOlderQuestionIsNotShown', async () => {
  const { answer, api } = held();
  const rows = new Rows({ api, model: USERS });
  const [first, second] = [rows.load(NO_QUERY), rows.load({ ...NO_QUERY, q: 'b' })];
  await answer(1, 200, { items: [{ id: 'b' }] });
  await second;
  await answer(0, 200, { items: [{ id: 'a' }] });
  await first;
  same([rows.items, rows.busy], [[{ id: 'b' }], false]);
});

test('failedListSaysSo_andTheNextTrySucceeds', async () => {
  const { answer, api } = held();
  const rows = new Rows({ api, model: USERS });
  const loading = rows.load(NO_QUERY);
  await answer(0, 400, { status: 400, title: 'Bad' });
  await loading;
  same([rows.problem.status, rows.items, rows.busy], [400, null, false]);
  const again = rows.reload();
  await answer(1, 200, { items: [] });
  await again;
  same([rows.problem, rows.items], [null, []]);
});

test('whatIsChosenIsOfTheRowsThatAreThere', async () => {
  const { answer, api } = held();
  const rows = new Rows({ api, model: USERS });
  let at = 0;
  const load = async (...ids) => {
    const loading = rows.reload() ?? rows.load(NO_QUERY);
    await answer(at++, 200, { items: ids.map((id) => ({ id })) });
    await loading;
  };
  await load('a', 'b');
  rows.choose('a', true);
  same(rows.allChosen, false);
  rows.chooseAll(true);
  same(rows.allChosen, true);
  await load('b', 'c');
  same([...rows.chosen], ['b']);
  rows.chooseAll(false);
  same(rows.chosen.size, 0);
});

test('fileHasTheSearchAndTheFilters_andNoPlace', async () => {
  const { asked, api } = held();
  const rows = new Rows({ api, model: USERS });
  rows.load({ q: 'an', sort: '', after: 'c', filters: [{ name: 'role', value: 'user' }] });
  rows.export();
  await until(() => asked.length === 2);
  same(asked[1].what, 'GET admin/users/export?q=an&filter=role:user');
});

test('deedsGoToTheirPaths', async () => {
  const { asked, api } = held();
  const deeds = new Deeds({ api, model: USERS });
  deeds.get('a/b');
  deeds.act('disable', Array.from({ length: 101 }, (_, at) => `${at}`), { reason: 'x' });
  await until(() => asked.length === 2);
  same([decodeURIComponent(asked[0].what), asked[1].what, asked[1].body.ids.length, asked[1].body.fields], ['GET admin/users/a/b', 'POST admin/users/actions', 100, { reason: 'x' }]);
});

// Fields

const FIELDS = [
  { name: 'name', title: 'Name', type: 'text', required: true, maxLength: 5 }, { name: 'about', title: 'About', type: 'text', maxLength: 500 },
  { name: 'size', title: 'Size', type: 'number' }, { name: 'open', title: 'Open', type: 'boolean' }, { name: 'kind', title: 'Kind', type: 'choice', values: ['a', 'b'], required: true },
  { name: 'until', title: 'Until', type: 'time' }, { name: 'more', title: 'More', type: 'json' },
];

test('everyTypeHasItsControl', () => same(FIELDS.map(controlOf), ['line', 'area', 'number', 'check', 'select', 'time', 'area']));

test('wrongFieldsAreNamedBeforeTheServerIsAsked', () => {
  const wrong = checkFields(FIELDS, { name: 'abcdef', about: '', size: 'x', open: false, kind: 'a', until: 'y', more: '{' });
  same(Object.keys(wrong).filter((name) => wrong[name]), ['name', 'size', 'until', 'more']);
  same(checkFields(FIELDS, { ...initialValues(FIELDS), name: '💬💬💬💬💬' }), {});
  same(checkFields(FIELDS, initialValues(FIELDS)).name, 'Name may not be empty.');
});

test('newRowHasWhatWasFilledIn', () => {
  same(bodyOf(FIELDS, { name: 'x', about: '', size: '1.5', open: true, kind: 'b', until: '', more: '{"a":[1]}' }), { name: 'x', size: 1.5, open: true, kind: 'b', more: { a: [1] } });
});

test('onlyWhatWasChangedIsSent', () => {
  const row = { name: 'x', about: 'long', size: 3, open: false, kind: 'a', until: '2026-03-07T09:00:00Z', more: { a: 1 } };
  const values = initialValues(FIELDS, row);
  same(changesOf(FIELDS, values, row), {});
  same(changesOf(FIELDS, { ...values, about: '', size: '', open: true }, row), { about: '', size: null, open: true });
});

test('fieldsOfAnActionAreFoundInItsRefusal', () => {
  const problem = aboutFields(new Problem({ status: 400, detail: 'no', type: '/problems/invalid', errors: [{ pointer: '/fields/reason', detail: 'is empty' }] }));
  same([problem.field('reason'), problem.status, problem.slug, problem.message], ['is empty', 400, 'invalid', 'no']);
  const other = new Error('x');
  same(aboutFields(other) === other, true);
});

// Values

test('valuesAreSaidAsTheirType', () => {
  same([inWords({ type: 'boolean' }, false), inWords({ type: 'bytes' }, 2_048), inWords({ type: 'text' }, null), inWords({ type: 'json' }, { a: 1 })], ['No', '2 KB', '', '{"a":1}']);
  same([shortId('0190a2b4-1111-7abc-8def-0123456789ab'), shortId('room:17')], ['0190a2b4…89ab', 'room:17']);
  same([titled('passwordReset'), titled('reset-link'), pretty('{"a":1}'), pretty('x')], ['Password reset', 'Reset link', '{\n  "a": 1\n}', '"x"']);
  same(csvName(USERS, new Date('2026-03-07T01:00:00Z')), 'parley-users-2026-03-07.csv');
});

test('timesThatLastAreTold', () => same([80, 12_300, 95_000, 7_200_000, 3e8].map(lasting), ['80 ms', '12 s', '2 min', '2 h', '3 days']));

test('timesToComeAndTimesGoneAreToldApart', () => {
  const now = Date.parse('2026-03-07T12:00:00Z');
  same([whenInWords('2026-03-07T11:50:00Z', now), whenInWords('2026-03-07T12:30:00Z', now).startsWith('today at')], ['10 minutes ago', true]);
});

test('settingsAreFoundByWords', () => {
  const all = [{ name: 'port', flag: '--port', variable: 'PARLEY_PORT', value: '80', source: 'flag', says: 'Where to listen' }, { name: 'data', flag: '--data', variable: 'PARLEY_DATA', source: 'default' }];
  const names = (wish) => shownSettings(all, wish).map(({ name }) => name);
  same([names(), names({ text: 'LISTEN 80' }), names({ own: true }), names({ text: 'x' })], [['port', 'data'], ['port'], ['port'], []]);
  same(['flag', 'file parley.properties', 'default', 'wish'].map(sourceInWords), ['Command line', 'File parley.properties', 'Default', 'wish']);
});
