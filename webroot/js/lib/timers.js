/** Calls `tick` every second, also while the page is hidden. Returns a function that stops it. */
export function everySecond(tick) {
  let timer;
  const withoutWorker = () => { timer ??= setInterval(tick, 1_000); };
  let worker;
  try {
    worker = new Worker(new URL('./ticker.js', import.meta.url));
    worker.onmessage = tick;
    worker.onerror = withoutWorker;
  } catch {
    withoutWorker();
  }
  return () => {
    worker?.terminate();
    clearInterval(timer);
  };
}

/** Runs at most `most` pieces of work at a time; the others wait their turn. */
export function limited(most) {
  const waiting = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** Exponential back-off with jitter: half to all of `first` · 2^attempt, never above `most`. Milliseconds. */
export function backoff(attempt, { first = 500, most = 30_000, random = Math.random } = {}) {
  const ceiling = Math.min(most, 2 * first * 2 ** Math.min(attempt, 20));
  return Math.round(Math.max(first, ceiling * (0.5 + random() / 2)));
}
