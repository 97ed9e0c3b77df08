// A worker that ticks once a second. Timers of a hidden page are slowed to one a minute, those of a worker are not; the
// socket must ping every ten seconds to stay alive.
setInterval(() => postMessage('tick'), 1_000);
