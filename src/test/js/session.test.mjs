import { Api, Problem } from '../../../webroot/js/lib/api.js';
import { Session } from '../../../webroot/js/models/session.js';
import { idle, ok, same, test, until } from './testing.mjs';

const ANN = { id: 'ann', username: 'ann', displayName: 'Ann', role: 'user' };

/** A server of one account: `answers` by method and path, every request kept. */
function site(answers) {
  const requests = [];
  const fetch = async (url, { method, headers, body }) => {
    const path = url.pathname.replace('/sub/api/v1/', '');
    requests.push({ what: `${method} ${path}`, csrf: headers['X-CSRF-Token'], body: body && JSON.parse(body) });
    const [status, answer, extra = {}] = answers[`${method} ${path}`]() ?? [];
    return new Response(status === 204 ? null : JSON.stringify(answer ?? {}), { status, headers: extra });
  };
  const api = new Api(new URL('https://chat.test/sub/'), { fetch });
  return { api, requests, asked: () => requests.map(({ what }) => what) };
}

const signedIn = (csrfToken = 'c1') => [200, { user: ANN, csrfToken }];

test('startAsksWhoIsSignedIn', async () => {
  const { api } = site({ 'GET session': () => [200, {}] });
  const session = new Session({ api });
  same(session.state, 'unknown');
  await session.start();
  same([session.state, session.notice], ['out', '']);
});

test('startGoesOnAskingWhileTheServerIsAway', async () => {
  let tries = 0;
  const { api } = site({ 'GET session': () => (++tries < 3 ? [503] : signedIn()) });
  const session = new Session({ api, pause: idle });
  await session.start();
  same([tries, session.state, session.user.id, session.unreachable], [3, 'in', 'ann', false]);
});

test('registeringSignsIn', async () => {
  const { api, requests } = site({ 'POST auth/register': () => [201, { user: ANN }], 'POST session': () => signedIn() });
  const session = new Session({ api });
  await session.register({ username: 'ann', password: 'secret-1', displayName: '' });
  same(requests.map(({ body }) => body), [{ username: 'ann', password: 'secret-1' }, { login: 'ann', password: 'secret-1' }]);
  same(session.state, 'in');
});

test('refusalNamesTheField', async () => {
  const problem = { type: 'x', title: 'Invalid', status: 400, errors: [{ pointer: '/username', detail: 'is taken' }] };
  const { api } = site({ 'POST auth/register': () => [400, problem] });
  const caught = await new Session({ api }).register({ username: 'a', password: 'b' }).catch((error) => error);
  ok(caught instanceof Problem);
  same([caught.field('username'), caught.field('password'), caught.definite], ['is taken', undefined, true]);
});

test('writesCarryTheCsrfToken_readsDoNot', async () => {
  const { api, requests } = site({ 'GET session': () => signedIn(), 'POST x': () => [200], 'GET x': () => [200] });
  await new Session({ api }).start();
  await api.post('x', {});
  await api.get('x');
  same(requests.map(({ csrf }) => csrf), [undefined, 'c1', undefined]);
});

test('staleCsrfTokenIsRenewedOnce', async () => {
  let token = 'c1';
  const { api, requests } = site({
    'GET session': () => signedIn(token),
    'POST x': () => (requests.at(-1).csrf === 'c2' ? [200, { done: true }] : [403, { status: 403, title: 'CSRF' }]),
  });
  await new Session({ api }).start();
  token = 'c2';
  same(await api.post('x', {}), { done: true });
});

test('forbiddenStaysForbidden', async () => {
  const { api, asked } = site({ 'GET session': () => signedIn(), 'PUT x': () => [403, { status: 403, title: 'No' }] });
  await new Session({ api }).start();
  same((await api.put('x', {}).catch((problem) => problem)).status, 403);
  same(asked().filter((what) => what === 'PUT x').length, 1);
});

test('endedSessionIsNoticedOnTheNextAnswer', async () => {
  let alive = true;
  const { api } = site({ 'GET session': () => (alive ? signedIn() : [200, {}]), 'GET x': () => [401, { status: 401 }] });
  const session = new Session({ api, pause: idle });
  await session.start();
  alive = false;
  await api.get('x').catch(() => {});
  same([session.state, session.user, api.credentials.proof], ['out', null, undefined]);
  ok(session.notice.includes('sign in again'));
});

test('signingOutInOneTabSignsOutTheOther', async () => {
  let alive = true;
  const answers = { 'GET session': () => (alive ? signedIn() : [200, {}]), 'DELETE session': () => { alive = false; return [204]; } };
  const channels = [{}, {}];
  channels[0].postMessage = (data) => channels[1].onmessage({ data });
  channels[1].postMessage = (data) => channels[0].onmessage({ data });
  const [one, two] = channels.map((channel) => new Session({ api: site(answers).api, channel }));
  await one.start();
  await two.start();
  await one.signOut();
  await until(() => two.state === 'out');
  same([one.notice, two.notice], ['', 'You signed out in another window.']);
});

/** A session that is in, and whose questions from now on are answered one by one by `answer(n, …)`, in any order. */
async function questioned(options = {}) {
  let held = false;
  const open = [];
  const { api, requests } = site({ 'GET session': () => signedIn(), 'POST x': () => (requests.at(-1).csrf === 'c2' ? [200, { done: true }] : [401, { status: 401 }]) });
  const { fetch } = api;
  api.fetch = (url, how) => (held && how.method === 'GET'
    ? new Promise((resolve, reject) => open.push((body) => (body ? resolve(new Response(JSON.stringify(body))) : reject(new TypeError('no network')))))
    : fetch(url, how));
  const session = new Session({ api, pause: idle, ...options });
  await session.start();
  held = true;
  return { api, session, open, answer: (n, body) => until(() => open.length > n, `question ${n}`).then(() => open[n](body)) };
}

const ANNS = { user: ANN, csrfToken: 'c2' };

test('answerToAnOlderQuestionIsDropped', async () => {
  const { session, answer } = await questioned();
  const checks = [session.check(), session.check({ quietly: true })];
  await answer(1, ANNS);
  await checks[1];
  await answer(0, {});
  await checks[0];
  same([session.state, session.notice, session.api.credentials.proof], ['in', '', 'c2']);
});

test('whoeverAskedEarlierWaitsForTheNewerAnswer', async () => {
  const { api, session, open, answer } = await questioned();
  const write = api.post('x', {});
  await until(() => open.length === 1);
  const newer = session.check({ quietly: true });
  await answer(0, {});
  await idle();
  same(session.state, 'in');
  await answer(1, ANNS);
  await newer;
  same(await write, { done: true });
});

test('olderQuestionThatFailsLeavesTheNewer', async () => {
  const { session, answer } = await questioned();
  const checks = [session.check(), session.check({ quietly: true })];
  await answer(0);
  await answer(1, {});
  await Promise.all(checks);
  same([session.state, session.notice], ['out', 'You signed out in another window.']);
});

test('startSupersededByAnotherTabIsNotUndone', async () => {
  const open = [];
  const api = new Api(new URL('https://chat.test/'), {
    fetch: () => new Promise((resolve) => open.push((body) => resolve(new Response(JSON.stringify(body))))),
  });
  const channel = {};
  const session = new Session({ api, channel, pause: idle });
  const started = session.start();
  await until(() => open.length === 1);
  channel.onmessage({ data: 'session' });
  await until(() => open.length === 2);
  open[1](ANNS);
  await until(() => session.state === 'in');
  open[0]({});
  await started;
  same(session.state, 'in');
});

test('sessionReplacedInAnotherTabIsAskedForAgainBeforeItHasEnded', async () => {
  const pauses = [];
  const { session, answer } = await questioned({ pause: async (ms) => { pauses.push(ms); await idle(); } });
  const check = session.check();
  await answer(0, {});
  await answer(1, ANNS);
  await check;
  same([session.state, session.notice, session.api.credentials.proof, pauses], ['in', '', 'c2', [700]]);
});

test('whatIsAskedInThePauseNeedsNoQuestionOfItsOwn', async () => {
  let goOn;
  const { session, open, answer } = await questioned({ pause: () => new Promise((resolve) => { goOn = resolve; }) });
  const checks = [session.check()];
  await answer(0, {});
  await until(() => goOn);
  checks.push(session.check(), session.check());
  goOn();
  await answer(1, {});
  await Promise.all(checks);
  same([session.state, open.length], ['out', 2]);
  ok(session.notice.includes('sign in again'));
});

test('signOutElsewhereIsBelievedAtOnce', async () => {
  let goOn;
  const { session, open, answer } = await questioned({ pause: () => new Promise((resolve) => { goOn = resolve; }) });
  const heard = session.check();
  await answer(0, {});
  await until(() => goOn);
  const told = session.check({ quietly: true });
  await answer(1, {});
  await told;
  same([session.state, session.notice], ['out', 'You signed out in another window.']);
  goOn();
  await heard;
  same([session.notice, open.length], ['You signed out in another window.', 2]);
});

test('ownSignOutEndsTheDoubt', async () => {
  let goOn;
  const { session, open, answer } = await questioned({ pause: () => new Promise((resolve) => { goOn = resolve; }) });
  const heard = session.check();
  await answer(0, {});
  await until(() => goOn);
  session.ended('Your account has been deleted.');
  goOn();
  await heard;
  same([session.state, session.notice, open.length], ['out', 'Your account has been deleted.', 1]);
});

test('networkFailureChangesNothing', async () => {
  const { api } = site({ 'GET session': () => signedIn() });
  const session = new Session({ api });
  await session.start();
  api.fetch = async () => { throw new TypeError('no network'); };
  await session.check();
  same([session.state, (await api.get('x').catch((problem) => problem)).status], ['in', 0]);
});

test('tooManyAttemptsTellWhenToComeBack', async () => {
  const { api } = site({ 'POST session': () => [429, { status: 429, title: 'Slow down' }, { 'Retry-After': '7' }] });
  const problem = await new Session({ api }).signIn('ann', 'x').catch((error) => error);
  same([problem.status, problem.retryAfter, problem.definite], [429, 7, false]);
});
