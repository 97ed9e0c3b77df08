import { Announcements } from '../../../webroot/js/models/announcements.js';
import { same, test } from './testing.mjs';

const one = { id: '1', text: 'one', severity: 'info', createdAt: '2026-01-01T00:00:00Z' };
const two = { id: '2', text: 'two', severity: 'warning', createdAt: '2026-01-02T00:00:00Z' };

function shelf(kept = {}) {
  return { kept, getItem: (key) => kept[key] ?? null, setItem: (key, value) => { kept[key] = value; }, removeItem: (key) => { delete kept[key]; } };
}

const answering = (...answers) => ({ get: async () => ({ items: answers.length > 1 ? answers.shift() : answers[0] }) });
const texts = (announcements) => announcements.shown.map(({ text }) => text);
const heard = (announcement, id = announcement.id) => ({ type: 'announcement', id, announcement });

test('newestStandsFirstAndWhatHasEndedIsGone', async () => {
  const announcements = new Announcements({ api: answering([one, two]), store: shelf() });
  await announcements.load();
  same(texts(announcements), ['two', 'one']);
  announcements.hear({ type: 'announcement', id: '2' });
  announcements.hear({ type: 'draft', id: '1' });
  same(texts(announcements), ['one']);
});

test('whatIsPutAwayStaysAwayOnThisDeviceAndIsForgottenWithIt', async () => {
  const store = shelf();
  const before = new Announcements({ api: answering([one, two]), store });
  await before.load();
  before.putAway('1');
  const after = new Announcements({ api: answering([one, two]), store });
  await after.load();
  same(texts(after), ['two']);
  await new Announcements({ api: answering([two]), store }).load();
  same(store.kept['parley-put-away'], undefined);
});

test('whatIsHeardWhileAskingIsNotLost', async () => {
  const announcements = new Announcements({ api: { get: async () => ({ items: await next() }) } });
  const answers = [async () => { announcements.hear(heard(two)); return [one]; }, async () => [two, one]];
  const next = () => answers.shift()();
  await announcements.load();
  same(texts(announcements), ['two', 'one']);
});

test('itsTimeEndsItAlsoWithoutAWord', async () => {
  let now = Date.parse('2026-01-03T00:00:00Z');
  const announcements = new Announcements({ api: answering([{ ...one, endsAt: '2026-01-03T00:00:10Z' }]), clock: () => now });
  await announcements.load();
  same(texts(announcements), ['one']);
  now += 10_000;
  same(texts(announcements), []);
  announcements.stop();
});

test('storeThatHoldsNonsenseIsBegunAnew', () => {
  same(texts(new Announcements({ api: answering([]), store: shelf({ 'parley-put-away': '{' }) })), []);
});
