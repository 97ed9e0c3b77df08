import { parseRoute } from '../../../webroot/js/models/route.js';
import { same, test } from './testing.mjs';

const ROOM = '0190A2B4-1111-7abc-8def-0123456789ab';

test('addressSaysWhatIsOpen', () => {
  same(parseRoute(`#/room/${ROOM}`), { page: 'room', roomId: ROOM.toLowerCase() });
  same(parseRoute(`#/room/${ROOM}/17`), { page: 'room', roomId: ROOM.toLowerCase(), seq: 17 });
  same(parseRoute('#/forgot'), { page: 'forgot' });
  same(parseRoute('#/reset/aB-_9'), { page: 'reset', token: 'aB-_9' });
  same(parseRoute('#/confirm-email/t%2Bk'), { page: 'confirm-email', token: 't+k' });
  same(parseRoute('#/mentions'), { page: 'mentions' });
  same(parseRoute('#/scheduled'), { page: 'scheduled' });
  same(parseRoute('#/join/aB-_9'), { page: 'join', token: 'aB-_9' });
  same(parseRoute('#/join'), { page: 'join' });
  same(parseRoute('#/invite/aB-_9'), { page: 'invite', token: 'aB-_9' });
  same(parseRoute('#/settings/security'), { page: 'settings', section: 'security' });
  same(parseRoute('#/sign-in-failed/access-denied'), { page: 'sign-in-failed', slug: 'access-denied' });
});

test('unknownSectionIsTheFirst', () => same([parseRoute('#/settings').section, parseRoute('#/settings/x').section], ['profile', 'profile']));

test('anythingElseIsHome', () => {
  for (const hash of ['', '#', '#/', '#/room/x', `#/room/${ROOM}/more`, `#/room/${ROOM}/0`, `#/room/${ROOM}/-1`, `#/room/${ROOM}/1/2`, '#/reset', '#/reset/', '#/reset/a/b', '#/constructor', '#/%']) {
    same(parseRoute(hash), { page: 'home' }, hash);
  }
});
