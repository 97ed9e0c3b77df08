import { layout, nearest, scale, SIZE } from '../../../webroot/admin/js/models/chart.js';
import { changedNames, differences, pieces } from '../../../webroot/admin/js/models/diff.js';
import { Panel } from '../../../webroot/admin/js/models/panel.js';
import { linkWish, modeTitle, originInWords, Registration } from '../../../webroot/admin/js/models/registration.js';
import { chartsOf, figuresOf, nodeInWords, storageOf } from '../../../webroot/admin/js/models/stats.js';
import { ok, same, test } from './testing.mjs';

// Before and after

test('changedFieldsComeFirstSideBySide', () => {
  same(differences({ name: 'a', role: 'user', gone: 1 }, { name: 'a', role: 'admin', came: true }), [
    { name: 'role', kind: 'changed', before: 'user', after: 'admin' },
    { name: 'gone', kind: 'removed', before: '1' },
    { name: 'came', kind: 'added', after: 'true' },
    { name: 'name', kind: 'same', before: 'a', after: 'a' },
  ]);
});

test('objectsWithinAreComparedByTheirFields', () => {
  same(differences('{"a":{"b":1,"c":[1]}}', { a: { b: 2, c: [1] } }), [
    { name: 'a.b', kind: 'changed', before: '1', after: '2' }, { name: 'a.c', kind: 'same', before: '[1]', after: '[1]' },
  ]);
});

test('aRowThatCameOrWentHasOneSide', () => {
  same(differences(null, { a: null }), [{ name: 'a', kind: 'added', after: 'null' }]);
  same(differences({ a: 'x' }, undefined), [{ name: 'a', kind: 'removed', before: 'x' }]);
  same(differences(null, null), []);
});

test('listNamesWhatChanged_unlessItWasCut', () => {
  same([changedNames({ a: 1, b: 2 }, { a: 1, b: 3, c: 4 }), changedNames(null, '{"a":1}'), changedNames('{"a":1', null), changedNames()], [['b', 'c'], ['a'], [], []]);
});

test('onlyTheMiddleOfATextDiffers', () => {
  same(pieces('Ann of old', 'Ann of gold'), { start: 'Ann of ', before: '', after: 'g', end: 'old' });
  same(pieces('aa', 'aaa'), { start: 'aa', before: '', after: 'a', end: '' });
  same(pieces('👍🏽x', '👍🏿x'), { start: '👍', before: '🏽', after: '🏿', end: 'x' });
  same(pieces('', 'x'), { start: '', before: '', after: 'x', end: '' });
});

// Charts

test('scaleIsRoundAndHoldsTheMost', () => {
  same([scale(7), scale(99), scale(0), scale(3, { whole: true })], [{ top: 8, step: 2 }, { top: 100, step: 50 }, { top: 4, step: 1 }, { top: 3, step: 1 }]);
  same(scale(3_000, { bytes: true }), { top: 3_072, step: 1_024 });
  for (const most of [1, 0.03, 12_345, 7e9]) ok(scale(most).top >= most && scale(most).top < most * 2.6, `${most}`);
});

test('chartStaysWithinItsFrame_andAGapIsNoLine', () => {
  const { shapes: [{ line, area }], rules, x, y } = layout({ times: [0, 1, 2, 3, 4], series: [{ name: 'a', values: [1, 2, null, 4, 0] }] });
  same((line.match(/M/g) ?? []).length, 2);
  same((area.match(/Z/g) ?? []).length, 2);
  same([x(0), x(4), y(0)], [SIZE.left, SIZE.width - SIZE.right, SIZE.height - SIZE.bottom]);
  ok(rules.every((rule) => rule.y >= SIZE.top - 0.01 && rule.y <= SIZE.height), 'rules');
});

test('barsOfSeveralStandSideBySide_andNoneForNothing', () => {
  const { shapes } = layout({ times: [0, 1], bars: true, series: [{ name: 'a', values: [2, 0] }, { name: 'b', values: [1, 1] }] });
  same(shapes.map(({ bars }) => bars.length), [1, 2]);
  ok(shapes[0].bars[0].x + shapes[0].bars[0].width <= shapes[1].bars[0].x + 0.01, 'beside each other');
});

test('pointerFindsTheNearestTime', () => {
  const places = layout({ times: [0, 1, 2], series: [] });
  same([nearest(places, 3, 0), nearest(places, 3, SIZE.width), nearest(places, 3, (SIZE.left + SIZE.width - SIZE.right) / 2)], [0, 2, 1]);
});

// The dashboard

const NUMBERS = { raw: 3, sockjs: 1, script: 1, behind: 0, queueBytes: 2_048 };
const STATS = {
  people: { total: 1_200, newToday: 1, activeToday: 20, active7Days: 90 }, rooms: { direct: 5, group: 3, public: 2 }, messages: { total: 9_000, today: 12 },
  media: { files: 4, bytes: 2_048 }, storage: { databaseBytes: 3_000, mediaBytes: 1_000, freeBytes: 4_000 }, connections: NUMBERS,
  requests: { since: '2026-03-07T09:00:00Z', byStatus: { '2xx': 10, '5xx': 2 } },
  days: [{ day: '2026-03-06', messages: 4, activePeople: 2, newPeople: 1 }, { day: '2026-03-07', messages: 12, activePeople: 3, newPeople: 0 }],
  recent: [{ at: '2026-03-07T09:00:00Z', connections: 5, requests: 7, clientErrors: 1, serverErrors: 0 }, { at: '2026-03-07T09:01:00Z', connections: 6, requests: 9, clientErrors: 0, serverErrors: 2, p50Ms: 1.25, p99Ms: 20 }],
};

test('figuresTellWhatThereIs', () => {
  const figures = Object.fromEntries(figuresOf(STATS).map(({ name, value, about }) => [name, `${value} | ${about}`]));
  same([figures.Rooms, figures.Connections, figures.Latency], ['10 | 5 direct, 3 groups, 2 public', '5 | all keep up', '– | nothing was asked lately']);
  ok(figures['Server errors'].startsWith('2 | of 12 requests'), figures['Server errors']);
});

test('daysAreThoseOfUtcWhereverOneIs_andAMinuteWithoutRequestsHasNoLatency', () => {
  const { days: [messages, people], recent: [, latency] } = chartsOf(STATS);
  same(messages.times, [Date.parse('2026-03-06T00:00:00Z'), Date.parse('2026-03-07T00:00:00Z')]);
  ok(/7/.test(messages.tell.brief(messages.times[1])) && !/6/.test(messages.tell.brief(messages.times[1])), 'the seventh');
  same(people.series.map(({ name, values }) => [name, values]), [['Active', [2, 3]], ['New', [1, 0]]]);
  same([latency.series[0].values, latency.say(1.25), latency.say(120)], [[null, 1.25], '1.3 ms', '120 ms']);
});

test('storageIsPartsOfTheDisk', () => {
  same(storageOf(STATS.storage).map(({ name, part }) => [name, part]), [['Database', 0.375], ['Files', 0.125], ['Free', 0.5]]);
  same(storageOf({ databaseBytes: 0, mediaBytes: 0 }).map(({ part }) => part), [0, 0]);
  same(nodeInWords({ here: true, startedAt: '2026-03-07T09:00:00Z', connections: NUMBERS }, Date.parse('2026-03-07T11:00:00Z')), 'This server: up for 2 h, 5 connections, 2 KB waiting to be sent');
});

// Who may make an account

const refused = (status) => Object.assign(new Error('refused'), { status });

test('wishForALinkHasNumbers_andANoteOnlyWhenThereIsOne', () => {
  same(linkWish({ role: 'user', uses: '10', hours: '24', note: ' the team ' }), { role: 'user', maxUses: 10, expiresInHours: 24, note: 'the team' });
  same(linkWish({ role: 'admin', uses: '1', hours: '1', note: ' ' }).note, undefined);
  same([modeTitle('invite'), modeTitle('other')], ['By invitation', 'other']);
  ok(originInWords({ fixed: true }).includes('--registration') && !originInWords({ fixed: false }).includes('--registration'));
});

test('whatTheStartSaidIsShownInsteadOfAFailure', async () => {
  let fixed = false;
  const model = new Registration({ api: {
    get: async (path) => (path.endsWith('invites') ? { items: [] } : { mode: 'open', fixed }),
    patch: async () => { throw refused(fixed ? 409 : 403); },
  } });
  await model.load();
  same(await model.change('closed').catch(({ status }) => status), 403);
  fixed = true;
  same([await model.change('closed'), model.state], [false, { mode: 'open', fixed: true }]);
});

test('linksThatAreGoodAreListed_oneThatIsGoneHasEnded', async () => {
  const asked = [];
  const pages = { first: { items: [{ id: 'c', live: true }, { id: 'b', live: false }], next: 'b' }, b: { items: [{ id: 'a', live: true }] } };
  const model = new Registration({ api: {
    get: async (path, { before = 'first' } = {}) => (path.endsWith('invites') ? pages[before] : { mode: 'invite', fixed: false }),
    post: async (path, wish) => ({ id: 'c', url: `/#/invite/${wish.role}` }),
    delete: async (path) => { asked.push(path); throw refused(404); },
  } });
  await model.load();
  await model.more();
  same([model.links.map(({ id }) => id), model.next], [['c', 'a'], undefined]);
  await model.make({ role: 'user' });
  same(model.made.url, '/#/invite/user');
  await model.end('c');
  same([asked, model.made], [['admin/registration/invites/c'], null]);
});

// Short news

test('noticesAreFewAndGo', () => {
  const panel = new Panel({ api: {}, session: {}, account: {} });
  for (let at = 0; at < 6; at++) panel.notify(`${at}`);
  same(panel.notices.map(({ text }) => text), ['2', '3', '4', '5']);
  panel.dismiss(panel.notices[0].id);
  same(panel.notices.length, 3);
});

test('namesThatWereSeenAreRemembered_andNotForever', () => {
  const panel = new Panel({ api: {}, session: {}, account: {} });
  for (let at = 0; at < 501; at++) panel.remember(`${at}`, `name ${at}`);
  panel.remember('x', 'x');
  same([panel.nameOf('0'), panel.nameOf('1'), panel.nameOf('500'), panel.nameOf('x')], [undefined, 'name 1', 'name 500', undefined]);
});
