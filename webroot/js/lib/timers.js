/** Calls `tick` every second, also while the page is hidden. Returns a function that stops it. */
export function everySecond(tick) {
  try {
    const worker = new Worker(new URL('./ticker.js', import.meta.url));
    worker.onmessage = tick;
    return () => worker.terminate();
  } catch {
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }
}

/** Exponential back-off with jitter: half to all of `first` · 2^attempt, never above `most`. Milliseconds. */
export function backoff(attempt, { first = 500, most = 30_000, random = Math.random } = {}) {
  const ceiling = Math.min(most, 2 * first * 2 ** Math.min(attempt, 20));
  return Math.round(Math.max(first, ceiling * (0.5 + random() / 2)));
}
