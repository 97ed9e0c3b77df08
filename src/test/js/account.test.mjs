import { Api, Problem } from '../../../webroot/js/lib/api.js';
import { fromBase64url, toBase64url } from '../../../webroot/js/lib/base64url.js';
import { asJson, creationOptions, requestOptions, whyNot } from '../../../webroot/js/lib/passkeys.js';
import { Account } from '../../../webroot/js/models/account.js';
import { agentName, isPhone } from '../../../webroot/js/models/agent.js';
import { Confirmation } from '../../../webroot/js/models/confirmation.js';
import { explain, fieldErrors, whyNotIn } from '../../../webroot/js/models/problems.js';
import { Session } from '../../../webroot/js/models/session.js';
import { ok, same, test, until } from './testing.mjs';

const ANN = { id: 'ann', username: 'ann', displayName: 'Ann', role: 'user' };
const session = (csrfToken) => [200, { user: ANN, csrfToken }];
const CONFIRM_FIRST = [403, { type: '/problems/confirm-first', status: 403, title: 'Prove once more that it is you' }];

/** A server of one account: `answers` by method and path, every request kept. */
async function signedIn(answers) {
  const requests = [];
  const all = { 'GET session': () => session('c1'), ...answers };
  const fetch = async (url, { method, headers, body }) => {
    const what = `${method} ${url.pathname.replace('/api/v1/', '')}${url.search}`;
    requests.push({ what, csrf: headers['X-CSRF-Token'], body: body && JSON.parse(body) });
    const [status, answer] = await all[what]();
    return new Response(status === 204 ? null : JSON.stringify(answer ?? {}), { status });
  };
  const api = new Api(new URL('https://chat.test/'), { fetch });
  const me = new Session({ api });
  await me.start();
  return { api, me, requests, asked: () => requests.map(({ what }) => what).slice(1), account: new Account({ api, session: me }) };
}

// The code as second step, the session that takes another's place

test('codeGoesWithThePassword', async () => {
  const { me, requests } = await signedIn({ 'POST session': () => session('c2') });
  await me.signIn('ann', 'secret-1', '123456');
  same(requests.at(-1).body, { login: 'ann', password: 'secret-1', code: '123456' });
});

test('missingCodeIsTold_andNobodyAsksWhoIsSignedIn', async () => {
  const { me, asked } = await signedIn({
    'POST session': () => [401, { type: '/problems/second-factor-required', status: 401 }],
  });
  same((await me.signIn('ann', 'secret-1').catch((problem) => problem)).slug, 'second-factor-required');
  same(asked(), ['POST session']);
});

test('changedPasswordReplacesTheSession', async () => {
  const { account, me, api } = await signedIn({ 'POST auth/password': () => session('c2'), 'GET auth/me': () => [200, { user: ANN }] });
  await account.changePassword('old secret', 'new secret');
  same([me.state, api.credentials.proof], ['in', 'c2']);
});

test('answerAboutTheOldSessionDoesNotEndTheNewOne', async () => {
  const held = [];
  const { account, me } = await signedIn({
    'POST auth/password': () => new Promise((resolve) => { held.push(() => resolve(session('c2'))); }),
    'GET auth/me': () => [200, { user: ANN }],
  });
  const changed = account.changePassword('old secret', 'new secret');
  await until(() => held.length === 1);
  me.api.get = async () => ({});
  await me.check();
  same(me.state, 'in', 'while it is being replaced');
  let late;
  me.api.get = () => new Promise((resolve) => { late = () => resolve({}); });
  const check = me.check();
  me.api.get = async (path) => (path === 'session' ? { user: ANN, csrfToken: 'c2' } : { user: ANN });
  held[0]();
  await changed;
  late();
  await check;
  same(me.state, 'in', 'after it was replaced');
});

test('refusedChangeOfASessionThatEndedMeanwhileSignsOut', async () => {
  let refuse;
  const { account, me } = await signedIn({
    'POST auth/password': () => new Promise((resolve) => { refuse = () => resolve([400, { status: 400 }]); }),
  });
  const change = account.changePassword('old secret', 'new').catch((problem) => problem.status);
  await until(() => refuse);
  me.api.get = async () => ({});
  await me.check();
  refuse();
  same(await change, 400);
  await until(() => me.state === 'out');
});

test('newNameIsKnownEverywhere', async () => {
  const { account, me } = await signedIn({ 'PATCH users/me': () => [200, { user: { ...ANN, displayName: 'Anna' }, timeZone: 'Asia/Tokyo' }] });
  await account.change({ displayName: 'Anna' });
  same([me.user.displayName, account.timeZone], ['Anna', 'Asia/Tokyo']);
});

test('deletedAccountIsSignedOutWithAWord', async () => {
  const { account, me } = await signedIn({ 'DELETE users/me?messages=keep': () => [204] });
  await account.delete('keep');
  same([me.state, me.notice], ['out', 'Your account has been deleted.']);
});

test('thisDeviceComesFirst_thenTheLatest', async () => {
  const row = (id, lastSeenAt, current = false) => ({ id, current, lastSeenAt });
  const { account } = await signedIn({
    'GET auth/sessions': () => [200, { items: [row('a', '2026-01-01T00:00:00Z'), row('b', '2026-01-03T00:00:00Z'), row('c', '2026-01-02T00:00:00Z', true)] }],
  });
  await account.loadSessions();
  same(account.sessions.map(({ id }) => id), ['c', 'b', 'a']);
});

test('whatIsGoneAlreadyNeedNotBeEnded', async () => {
  const { account } = await signedIn({ 'DELETE auth/sessions/x': () => [404, { status: 404 }], 'GET auth/sessions': () => [200, { items: [] }] });
  await account.endSession('x');
  same(account.sessions, []);
});

test('fileIsSentAsItIs_withTheToken', async () => {
  const { account, api } = await signedIn({});
  let sent;
  api.sendFile = async (url, what) => {
    sent = { path: url.pathname, ...what };
    what.onProgress(0.5);
    return { ok: true, response: { status: 200 }, json: { user: ANN } };
  };
  const heard = [];
  await account.setAvatar({ type: 'image/png' }, { onProgress: (part) => heard.push(part) });
  same([sent.path, sent.headers['Content-Type'], sent.headers['X-CSRF-Token'], heard], ['/api/v1/users/me/avatar', 'image/png', 'c1', [0.5]]);
});

// Confirm it's you

test('confirmedRequestIsRepeated', async () => {
  let proved = false;
  const { api, me, asked } = await signedIn({
    'POST auth/totp': () => (proved ? [201, { secret: 's' }] : CONFIRM_FIRST),
    'POST auth/confirm': () => { proved = true; return [204]; },
  });
  const confirmation = new Confirmation({ api });
  const begun = api.post('auth/totp');
  await until(() => confirmation.asked);
  await confirmation.withPassword('secret-1');
  same(await begun, { secret: 's' });
  same([confirmation.asked, asked()], [false, ['POST auth/totp', 'POST auth/confirm', 'POST auth/totp']]);
});

test('givingUpFailsTheRequest', async () => {
  const { api, me } = await signedIn({ 'POST auth/totp': () => CONFIRM_FIRST });
  const confirmation = new Confirmation({ api });
  const begun = api.post('auth/totp').catch((problem) => problem);
  await until(() => confirmation.asked);
  confirmation.giveUp();
  same((await begun).slug, 'confirm-first');
});

test('wrongPasswordKeepsAsking', async () => {
  const wrong = { status: 403, type: '/problems/forbidden', errors: [{ pointer: '/current', detail: 'is not your password' }] };
  const { api, me } = await signedIn({ 'POST auth/totp': () => CONFIRM_FIRST, 'POST auth/confirm': () => [403, wrong] });
  const confirmation = new Confirmation({ api });
  api.post('auth/totp').catch(() => {});
  await until(() => confirmation.asked);
  const problem = await confirmation.withPassword('x').catch((error) => error);
  same([problem.field('current'), confirmation.asked], ['is not your password', true]);
});

test('passkeyProvesAsWell', async () => {
  const { api, requests } = await signedIn({
    'POST auth/passkey-options': () => [200, { challengeId: 'x1', publicKey: { challenge: 'AQ' } }], 'POST auth/confirm': () => [204],
  });
  const confirmation = new Confirmation({ api });
  const asked = confirmation.ask();
  await confirmation.withPasskey(async ({ challenge }) => ({ signed: challenge }));
  same([await asked, requests.at(-1).body], [true, { challengeId: 'x1', credential: { signed: 'AQ' } }]);
});

test('requestsShareOneProof', async () => {
  const { api, me } = await signedIn({ 'POST auth/confirm': () => [204] });
  const confirmation = new Confirmation({ api });
  const both = Promise.all([confirmation.ask(), confirmation.ask()]);
  await confirmation.withPassword('secret-1');
  same(await both, [true, true]);
});

// Words

test('problemsAreToldInWords', () => {
  same(explain(new Problem({ status: 429, retryAfter: 7 })), 'Too many attempts. Try again in 7 seconds.');
  same(explain(new Problem({ status: 429, retryAfter: 600 })), 'Too many attempts. Try again in 10 minutes.');
  ok(explain(new Problem()).startsWith('The server cannot be reached'));
  ok(explain(new Problem({ status: 500, instance: 'r-1' })).includes('r-1'));
  same(explain(new Problem({ status: 400, detail: 'Just so.' })), 'Just so.');
  ok(whyNotIn('access-denied') !== whyNotIn('constructor'));
});

test('everyFieldGetsItsOwnSentence', () => {
  const problem = new Problem({ status: 400, errors: [{ pointer: '/password', detail: 'is too common' }, { pointer: '/other', detail: 'x' }] });
  same(fieldErrors(problem, { password: 'The password', email: 'The address' }), { password: 'The password is too common.' });
  same(fieldErrors(null, { password: 'The password' }), {});
});

test('agentsHaveNamesThatPeopleKnow', () => {
  const agents = {
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox on Linux',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1': 'Safari on iPhone',
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0': 'Edge on Windows',
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36': 'Chrome on Android',
    'curl/8.5.0': 'curl', 'weather-bot 1.0': 'weather-bot 1.0', '': '',
  };
  for (const [agent, name] of Object.entries(agents)) same(agentName(agent), name);
  same([isPhone('Android 15'), isPhone('X11; Linux'), isPhone()], [true, false, false]);
});

// Passkeys where the browser has no JSON of its own

test('bytesSurviveBase64url', () => {
  for (const bytes of [[], [0], [255, 254, 253], [...Array(300).keys()].map((at) => at % 256)]) {
    const text = toBase64url(Uint8Array.from(bytes));
    ok(/^[\w-]*$/.test(text), text);
    same([...new Uint8Array(fromBase64url(text))], bytes);
  }
});

test('passkeyOptionsGetTheirBytes', () => {
  const made = creationOptions({ challenge: 'AQID', rp: { name: 'P' }, user: { id: 'BA', name: 'ann' }, excludeCredentials: [{ id: 'BQ', type: 'public-key' }] });
  same([[...new Uint8Array(made.challenge)], [...new Uint8Array(made.user.id)], [...new Uint8Array(made.excludeCredentials[0].id)], made.rp.name],
    [[1, 2, 3], [4], [5], 'P']);
  same(requestOptions({ challenge: 'AQID', rpId: 'x' }).allowCredentials, []);
});

test('passkeyAnswersAreText', () => {
  const bytes = (...values) => Uint8Array.from(values).buffer;
  const json = asJson({ id: 'AQ', rawId: bytes(1), type: 'public-key', response: { clientDataJSON: bytes(2), signature: bytes(3), userHandle: null } });
  same(json, { id: 'AQ', rawId: 'AQ', type: 'public-key', response: { clientDataJSON: 'Ag', signature: 'Aw' }, clientExtensionResults: {} });
  ok(whyNot({ name: 'NotAllowedError' }) && !whyNot(new Problem()));
});
