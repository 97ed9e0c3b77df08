import { Api } from '../../../webroot/js/lib/api.js';
import { TicketSocket } from '../../../webroot/js/lib/ticket-socket.js';
import { Account } from '../../../webroot/js/models/account.js';
import { Tokens } from '../../../webroot/js/models/credentials.js';
import { Session } from '../../../webroot/js/models/session.js';
import { idle, ok, same, test, until } from './testing.mjs';

const ANN = { id: 'ann', username: 'ann', displayName: 'Ann', role: 'user' };
const MINUTE = 60_000;
const pair = (n) => ({ user: ANN, accessToken: `a${n}`, refreshToken: `r${n}`, tokenType: 'Bearer', expiresIn: 900 });

/** What a tab keeps: alike to sessionStorage. */
function tab() {
  const kept = new Map();
  return {
    kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key),
  };
}

/** A server of another origin: it gives pairs in order, and takes the newest access token only. */
function elsewhere({ store = tab(), answers = {}, vouch } = {}) {
  const world = { now: 1_000_000, requests: [], newest: 0, dead: new Set(), store };
  const issue = () => [200, pair(++world.newest)];
  const routes = {
    'POST auth/register': () => [201, { user: ANN }],
    'POST auth/login': issue,
    'POST auth/refresh': ({ refreshToken }) => (refreshToken === `r${world.newest}` ? issue() : [401, { status: 401, type: '/problems/unauthenticated' }]),
    'POST auth/logout': () => [204],
    'GET auth/me': () => [200, { user: ANN, emailVerified: false }],
    'POST x': () => [200, { done: true }],
    ...answers,
  };
  const open = /^POST auth\/(login|register|refresh|exchange)$|^GET auth\/methods$/;
  const fetch = async (url, { method, headers, body, credentials }) => {
    const what = `${method} ${url.pathname.replace('/api/v1/', '')}`;
    world.requests.push({ what, authorization: headers.Authorization, csrf: headers['X-CSRF-Token'], credentials });
    await idle();
    const refused = !open.test(what) && (headers.Authorization !== `Bearer a${world.newest}` || world.dead.has(`a${world.newest}`));
    const [status, answer] = refused ? [401, { status: 401, type: '/problems/unauthenticated' }] : routes[what](body && JSON.parse(body));
    return new Response(status === 204 ? null : JSON.stringify(answer ?? {}), { status });
  };
  world.tokens = new Tokens({ store, vouch, now: () => world.now });
  world.api = new Api(new URL('https://chat.test/'), { credentials: world.tokens, fetch });
  world.session = new Session({ api: world.api, pause: idle });
  world.asked = () => world.requests.map(({ what }) => what);
  return world;
}

async function signedIn(options) {
  const world = elsewhere(options);
  await world.session.signIn('ann', 'secret-1');
  world.requests.length = 0;
  return world;
}

test('platformVouchesForWhoeverIsSignedInThere', async () => {
  const told = [];
  const { session, asked, world } = vouched('t1', told);
  await session.start();
  same([session.state, session.user, asked(), told], ['in', ANN, ['POST auth/exchange'], ['t1']]);
  await session.check();
  same(asked(), ['POST auth/exchange', 'GET auth/me']);
  same(world.store.kept.size, 1);
});

test('platformThatVouchesForNobodyOrWronglySignsNobodyIn', async () => {
  const nobody = vouched(undefined, []);
  await nobody.session.start();
  same([nobody.session.state, nobody.asked()], ['out', []]);
  const wrong = vouched('t1', [], [401, { status: 401, type: '/problems/unauthenticated' }]);
  await wrong.session.start();
  same([wrong.session.state, wrong.asked()], ['out', ['POST auth/exchange']]);
});

test('whoSignsOutIsNotSignedInAgainByThePlatformAtOnce', async () => {
  const { session, asked } = vouched('t1', []);
  await session.start();
  await session.signOut();
  same([session.state, asked().slice(1)], ['out', ['POST auth/logout']]);
});

function vouched(token, told, answer) {
  const world = elsewhere({
    vouch: async () => token,
    answers: {
      'POST auth/exchange': ({ token: said }) => {
        told.push(said);
        return answer ?? [200, pair(++world.newest)];
      },
    },
  });
  return { ...world, world };
}

test('elsewhereNobodyIsAskedBeforeThereAreTokens', async () => {
  const { session, asked } = elsewhere();
  await session.start();
  same([session.state, asked()], ['out', []]);
});

test('elsewhereRegisteringSignsInWithTokensAndNoCookie', async () => {
  const { session, api, requests } = elsewhere();
  await session.register({ username: 'ann', password: 'secret-1' });
  await api.post('x', {});
  same(requests.map(({ what }) => what), ['POST auth/register', 'POST auth/login', 'POST x']);
  same(requests.map(({ authorization }) => authorization), [undefined, undefined, 'Bearer a1']);
  ok(requests.every(({ credentials, csrf }) => credentials === 'omit' && csrf === undefined));
  same(session.state, 'in');
});

test('tokensOutliveAReload', async () => {
  const { store, requests } = await signedIn();
  const again = elsewhere({ store });
  again.newest = 1;
  await again.session.start();
  same([again.session.state, again.asked(), requests], ['in', ['GET auth/me'], []]);
});

test('brokenTokensOfTheTabAreNone', async () => {
  const store = tab();
  store.setItem('parley-tokens', '{"access');
  const { session, asked } = elsewhere({ store });
  await session.start();
  same([session.state, asked()], ['out', []]);
});

test('tokenIsRenewedShortlyBeforeItsEnd_onceForAllWhoWait', async () => {
  const world = await signedIn();
  world.now += 14 * MINUTE;
  await world.api.post('x', {});
  same(world.asked(), ['POST x']);
  world.now += MINUTE / 2;
  await Promise.all([1, 2, 3].map(() => world.api.post('x', {})));
  same(world.asked(), ['POST x', 'POST auth/refresh', 'POST x', 'POST x', 'POST x']);
  same(world.requests.at(-1).authorization, 'Bearer a2');
});

test('refusedTokenIsRenewedOnce_onceForAllWhoWereRefused', async () => {
  const world = await signedIn();
  world.dead.add('a1');
  const answers = await Promise.all([1, 2].map(() => world.api.post('x', {})));
  same(answers, [{ done: true }, { done: true }]);
  same(world.asked().sort(), ['POST auth/refresh', 'POST x', 'POST x', 'POST x', 'POST x']);
});

test('refusedRefreshSignsOut', async () => {
  const world = await signedIn();
  world.newest = 7;
  same((await world.api.post('x', {}).catch((problem) => problem)).status, 401);
  same([world.session.state, world.store.kept.size], ['out', 0]);
  ok(world.session.notice);
});

test('unreachableServerTakesNoTokensAway', async () => {
  const world = await signedIn({ answers: { 'POST auth/refresh': () => [503, {}] } });
  world.dead.add('a1');
  same((await world.api.post('x', {}).catch((problem) => problem)).status, 503);
  same([world.session.state, world.store.kept.size], ['in', 1]);
});

test('signingOutWhileTokensAreRenewedStays', async () => {
  const world = await signedIn({ answers: { 'POST auth/refresh': () => [200, pair(9)] } });
  world.now += 15 * MINUTE;
  const late = world.api.post('x', {}).catch(() => {});
  world.tokens.take();
  await late;
  same([world.tokens.proof, world.store.kept.size], [undefined, 0]);
});

test('elsewhereSigningOutEndsTheSessionAndForgetsTheTokens', async () => {
  const world = await signedIn();
  await world.session.signOut();
  same([world.asked(), world.requests[0].authorization], [['POST auth/logout'], 'Bearer a1']);
  same([world.session.state, world.store.kept.size], ['out', 0]);
});

test('whoIsSigningOutIsNotAskedForMeanwhile', async () => {
  const world = await signedIn();
  const leaving = world.session.signOut();
  await world.session.check();
  await leaving;
  same([world.asked(), world.session.state, world.session.notice], [['POST auth/logout'], 'out', '']);
});

test('changedPasswordBringsNewTokens', async () => {
  const world = await signedIn({ answers: { 'POST auth/password': () => [200, pair(++world.newest)] } });
  await new Account(world).changePassword('old secret', 'new secret');
  same([world.session.state, world.tokens.proof], ['in', 'a2']);
});

test('withoutStorageTokensLiveInMemory', async () => {
  const world = await signedIn({ store: null });
  same(await world.api.post('x', {}), { done: true });
});

test('elsewhereThereAreNeitherPasskeysNorProviders', async () => {
  const methods = { registration: 'open', passwordReset: true, passkeys: true, oidc: { name: 'Elsewhere' } };
  const { api } = elsewhere({ answers: { 'GET auth/methods': () => [200, methods] } });
  same(await Account.methods(api), { registration: 'open', passwordReset: true, passkeys: false });
});

// The socket that buys a ticket first

function ticketed(buy) {
  const world = { opened: [], heard: [] };
  world.socket = new TicketSocket('wss://chat.test/eventbus/websocket', {
    buy, open: (address) => {
      const real = { readyState: 0, sent: [], send: (text) => real.sent.push(text), close: () => { real.readyState = 3; } };
      world.opened.push({ address, real });
      return real;
    },
  });
  for (const name of ['onopen', 'onmessage', 'onclose']) world.socket[name] = (event) => world.heard.push([name, event]);
  return world;
}

test('socketOpensWithATicket', async () => {
  const { socket, opened, heard } = ticketed(async () => 't/1');
  await until(() => opened.length === 1);
  const [{ address, real }] = opened;
  same(String(address), 'wss://chat.test/eventbus/websocket?ticket=t%2F1');
  real.readyState = 1;
  real.onopen('o');
  socket.send('hello');
  real.onmessage('m');
  real.onclose({ code: 4001 });
  same([socket.readyState, real.sent], [1, ['hello']]);
  same(heard, [['onopen', 'o'], ['onmessage', 'm'], ['onclose', { code: 4001 }]]);
});

test('socketWithoutATicketNeverOpens', async () => {
  const { opened, heard } = ticketed(async () => { throw new Error('no'); });
  await until(() => heard.length === 1);
  same([opened.length, heard], [0, [['onclose', { code: 1006 }]]]);
});

test('socketThatWasGivenUpOpensNothing', async () => {
  const { socket, opened } = ticketed(async () => 't');
  socket.close();
  await idle();
  same([opened.length, socket.readyState], [0, 3]);
});
