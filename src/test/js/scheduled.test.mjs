import { Problem } from '../../../webroot/js/lib/api.js';
import { atWallTime, comingTime, setTimeZone, wallTime } from '../../../webroot/js/lib/time.js';
import { firstPick, goodTimes, ScheduledMessages, whyNotAt } from '../../../webroot/js/models/scheduled.js';
import { ok, same, test } from './testing.mjs';

const HOUR = 3_600_000;
/** A Saturday, 10:30 in Berlin. */
const NOW = Date.parse('2026-11-21T09:30:20Z');

function inZone(zone, look) {
  setTimeZone(zone);
  try {
    return look();
  } finally {
    setTimeZone(undefined);
  }
}

/** A server that keeps what it is told; `fail` is thrown by the next request. */
function server() {
  const items = new Map();
  const said = [];
  const it = {
    items, said, fail: null, loseAnswer: false,
    get: async () => ({ items: [...items.values()] }),
    post: async (path, { clientId, at, ...words }) => {
      if (it.fail) throw it.fail;
      if (path.endsWith('/messages')) said.push([clientId, words.text]);
      else if (!items.has(clientId)) items.set(clientId, { id: clientId, roomId: path.split('/')[2], at, ...words });
      if (it.loseAnswer) throw new Problem();
      return items.get(clientId);
    },
    patch: async (path, wish) => {
      const id = path.split('/').at(-1);
      if (!items.has(id)) throw new Problem({ status: 404 });
      items.set(id, { ...items.get(id), ...JSON.parse(JSON.stringify(wish)), failed: undefined });
      return items.get(id);
    },
    delete: async (path) => { if (!items.delete(path.split('/').at(-1))) throw new Problem({ status: 404 }); },
  };
  return it;
}

const texts = (scheduled, room) => scheduled.list(room).map(({ text }) => text);

test('goodTimesAreThoseOfTheReadersClock', () => {
  const offered = (now) => inZone('Europe/Berlin', () => goodTimes(now).map(({ name, at }) => `${name} ${wallTime(at)}`));
  same(offered(NOW), ['hour 2026-11-21T11:31', 'evening 2026-11-21T18:00', 'tomorrow 2026-11-22T09:00', 'monday 2026-11-23T09:00']);
  same(offered(NOW - 5 * HOUR)[1], 'morning 2026-11-21T09:00');
  same(offered(NOW + 31 * HOUR), ['hour 2026-11-22T18:31', 'tomorrow 2026-11-23T09:00']);
  same(offered(NOW + 48 * HOUR).at(-1), 'monday 2026-11-30T09:00');
  same(inZone('Asia/Tokyo', () => firstPick(NOW)), '2026-11-22T09:00');
});

test('wallTimeIsReadBackAlsoWhenTheClocksAreChanged', () => {
  for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC']) {
    for (let at = Date.parse('2026-03-07T00:00Z'); at < Date.parse('2026-04-01T00:00Z'); at += HOUR / 2) {
      inZone(zone, () => same(atWallTime(wallTime(at)), at, zone));
    }
  }
  const leapt = inZone('Europe/Berlin', () => atWallTime('2026-03-29T02:30'));
  ok(Math.abs(leapt - Date.parse('2026-03-29T01:00Z')) <= HOUR);
});

test('pickedTimeLiesAheadByAYearAtMost', () => inZone('Europe/Berlin', () => {
  same([whyNotAt('2026-11-21T10:31', NOW), whyNotAt('2027-11-21T10:31', NOW)], [undefined, undefined]);
  same(whyNotAt('2026-11-21T10:30', NOW), 'This time has passed.');
  same(whyNotAt('2027-12-01T10:30', NOW), 'At most a year ahead, please.');
  same(whyNotAt('', NOW), 'Please pick a date and a time.');
}));

test('comingTimeIsToldInWords', () => inZone('Europe/Berlin', () => {
  ok(comingTime(NOW + HOUR, NOW).startsWith('today at '));
  ok(comingTime(NOW + 14 * HOUR, NOW).startsWith('tomorrow at '));
  ok(/2026/.test(comingTime(NOW + 24 * 8 * HOUR, NOW)));
}));

test('scheduledFollowsWhatOtherDevicesAndTimeDo', async () => {
  const api = server();
  const scheduled = new ScheduledMessages({ api });
  await scheduled.load();
  await scheduled.plan('a', { text: 'second' }, NOW + 2 * HOUR);
  const first = await scheduled.plan('b', { text: 'first' }, NOW + HOUR);
  same([texts(scheduled), texts(scheduled, 'a')], [['first', 'second'], ['second']]);
  scheduled.hear({ type: 'scheduled', id: 'x', scheduled: { id: 'x', roomId: 'a', text: 'elsewhere', at: new Date(NOW).toISOString(), failed: 'Gone' } });
  same([texts(scheduled, 'a'), scheduled.failures], [['elsewhere', 'second'], 1]);
  scheduled.hear({ type: 'scheduled', id: first.id });
  scheduled.hear({ type: 'scheduled', id: 'x' });
  same(texts(scheduled), ['second']);
  api.get = async () => {
    scheduled.hear({ type: 'scheduled', id: first.id });
    api.get = async () => ({ items: [] });
    return { items: [first] };
  };
  await scheduled.load();
  same(texts(scheduled), [], 'an answer older than an event does not stay');
});

test('planThatIsTriedAgainIsOneMessageAtTheLastTime', async () => {
  const api = server();
  const scheduled = new ScheduledMessages({ api });
  api.loseAnswer = true;
  await scheduled.plan('a', { text: 'once' }, NOW + HOUR).catch(() => {});
  api.loseAnswer = false;
  await scheduled.plan('a', { text: 'once' }, NOW + 2 * HOUR);
  same([...api.items.values()].map(({ text, at }) => [text, at]), [['once', new Date(NOW + 2 * HOUR).toISOString()]]);
  await scheduled.plan('a', { text: 'once' }, NOW + 2 * HOUR);
  same(api.items.size, 2, 'said again on purpose');
});

test('sentNowUnderTheSameIdAndGoneFromTheList', async () => {
  const api = server();
  const scheduled = new ScheduledMessages({ api });
  const item = await scheduled.plan('a', { text: 'now' }, NOW + HOUR);
  await scheduled.sendNow(item);
  same([api.said, api.items.size, texts(scheduled)], [[[item.id, 'now']], 0, []]);
  const other = await scheduled.plan('a', { text: 'kept' }, NOW + HOUR);
  api.fail = new Problem({ status: 403, title: 'No' });
  same(await scheduled.sendNow(other).catch(({ status }) => status), 403);
  same(texts(scheduled), ['kept']);
});

test('whatWasSentMeanwhileIsSaidSoAndLeavesTheList', async () => {
  const api = server();
  const scheduled = new ScheduledMessages({ api });
  for (const deed of [(id) => scheduled.cancel(id), (id) => scheduled.change(id, { text: 'x' })]) {
    const { id } = await scheduled.plan('a', { text: 'gone' }, NOW + HOUR);
    api.items.clear();
    same(await deed(id).catch(({ message }) => message), 'It has been sent, or taken back, already.');
    same(texts(scheduled), []);
  }
});
