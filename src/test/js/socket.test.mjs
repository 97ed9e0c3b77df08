import { Bus } from '../../../webroot/js/lib/socket.js';
import { backoff } from '../../../webroot/js/lib/timers.js';
import { idle, ok, same, test } from './testing.mjs';

/** A bus whose clock and sockets are ours. */
function bus() {
  const world = { now: 1_000_000, sockets: [], tick: null };
  world.bus = new Bus('ws://test', {
    now: () => world.now, random: () => 0.5, every: (tick) => { world.tick = tick; return () => {}; },
    open: () => {
      const socket = { readyState: 0, sent: [], closed: false, send: (text) => socket.sent.push(JSON.parse(text)), close: () => { socket.closed = true; } };
      world.sockets.push(socket);
      return socket;
    },
  });
  world.open = () => { const socket = world.sockets.at(-1); socket.readyState = 1; socket.onopen(); return socket; };
  world.pass = (milliseconds) => { world.now += milliseconds; world.tick(); };
  world.say = (frame) => world.sockets.at(-1).onmessage({ data: JSON.stringify(frame) });
  world.bus.start();
  return world;
}

test('openSocketIsOnlineAndPings', () => {
  const world = bus();
  same(world.bus.state, 'connecting');
  const socket = world.open();
  same([world.bus.state, socket.sent], ['online', [{ type: 'ping', pong: true }]]);
  world.bus.stop();
});

test('doubtedNetworkHasThreeSecondsToAnswer', () => {
  const world = bus();
  world.open();
  world.say({ type: 'pong', heads: [] });
  world.bus.retryNow();
  world.pass(3_000);
  same(world.bus.state, 'online');
  world.pass(1_000);
  same(world.bus.state, 'connecting');
  world.bus.stop();
});

test('pongKeepsItAliveAndAsksAgainAfterTenSeconds', () => {
  const world = bus();
  const socket = world.open();
  world.say({ type: 'pong', heads: [] });
  world.pass(9_000);
  same(socket.sent.length, 1);
  world.pass(1_000);
  same(socket.sent.length, 2);
  world.bus.stop();
});

test('missingPongIsADeadSocket', () => {
  const world = bus();
  const socket = world.open();
  world.pass(10_001);
  same([world.bus.state, socket.closed], ['connecting', true]);
  ok(world.bus.retryAt > world.now);
  world.bus.stop();
});

test('replyFindsItsQuestion', async () => {
  const world = bus();
  const socket = world.open();
  const answer = world.bus.send('room.a', { type: 'message' });
  const { replyAddress } = socket.sent.at(-1);
  world.say({ type: 'rec', address: replyAddress, body: { seq: 4 } });
  same(await answer, { seq: 4 });
  world.bus.stop();
});

test('refusalCarriesItsStatus', async () => {
  const world = bus();
  const socket = world.open();
  const answer = world.bus.send('room.a', {}).catch((problem) => [problem.status, problem.definite]);
  world.say({ type: 'err', address: socket.sent.at(-1).replyAddress, failureCode: 404, message: 'no' });
  same(await answer, [404, true]);
  world.bus.stop();
});

test('unansweredQuestionFailsAfterTenSeconds', async () => {
  const world = bus();
  world.open();
  const answer = world.bus.send('room.a', {}).catch((problem) => [problem.status, problem.definite]);
  world.pass(10_000);
  same(await answer, [0, false]);
  world.bus.stop();
});

test('closedSocketFailsWhatIsUnanswered', async () => {
  const world = bus();
  const socket = world.open();
  const answer = world.bus.send('room.a', {}).catch((problem) => problem.status);
  socket.onclose({ code: 1001 });
  same([await answer, world.bus.state], [0, 'connecting']);
  world.bus.stop();
});

test('closeCodesDecideWhetherToComeBack', () => {
  for (const [code, state] of [[1001, 'connecting'], [4002, 'connecting'], [4008, 'connecting'], [4009, 'connecting'], [1009, 'offline'], [4400, 'offline']]) {
    const world = bus();
    world.open().onclose({ code });
    same([world.bus.state, world.bus.retryAt > 0], [state, state === 'connecting'], String(code));
    world.bus.stop();
  }
});

test('endedSessionIsTold', () => {
  const world = bus();
  let told = 0;
  world.bus.onSignedOut = () => told++;
  world.open().onclose({ code: 4001 });
  same(told, 1);
  world.bus.stop();
});

test('noNewSocketBeforeItIsKnownWhetherTheSessionHasEnded', async () => {
  const world = bus();
  let known;
  world.bus.onSignedOut = () => new Promise((resolve) => { known = resolve; });
  world.open().onclose({ code: 4001 });
  world.pass(60_000);
  same([world.bus.state, world.bus.retryAt, world.sockets.length], ['connecting', 0, 1]);
  known();
  await idle();
  ok(world.bus.retryAt > world.now);
  world.pass(1_000);
  same(world.sockets.length, 2);
  world.bus.stop();
});

test('whoWasSignedOutDoesNotComeBack', async () => {
  const world = bus();
  world.bus.onSignedOut = async () => world.bus.stop();
  world.open().onclose({ code: 4001 });
  await idle();
  same([world.bus.state, world.bus.retryAt, world.sockets.length], ['offline', 0, 1]);
});

test('oldSocketIsNotHeardAnyMore', () => {
  const world = bus();
  const old = world.open();
  old.onclose({ code: 1006 });
  world.bus.retryNow();
  same(world.sockets.length, 2);
  old.onclose({ code: 1006 });
  world.open();
  same(world.bus.state, 'online');
  world.bus.stop();
});

test('addressesGoInFramesOfAThousand', () => {
  const world = bus();
  const socket = world.open();
  world.bus.register(Array.from({ length: 1_001 }, (_, at) => `room.${at}`));
  same(socket.sent.filter(({ type }) => type === 'register').map(({ addresses }) => addresses.length), [1_000, 1]);
  world.bus.stop();
});

test('backOffGrowsFromHalfASecondToHalfAMinute', () => {
  const waits = Array.from({ length: 10 }, (_, attempt) => backoff(attempt, { random: () => 1 }));
  same([waits[0] >= 500, waits[0] <= 1_000, waits.at(-1)], [true, true, 30_000]);
  ok(Array.from({ length: 10 }, (_, attempt) => backoff(attempt, { random: () => 0 })).every((wait) => wait >= 500));
});
