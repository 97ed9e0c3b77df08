// One tab at a time: Web Locks where the browser has them (secure origins), otherwise one holder at a time in this tab
// alone. Two tabs may then send the same message; its clientId makes that harmless.

const held = new Map();

async function withinTab(name, { signal }, work) {
  const before = held.get(name) ?? Promise.resolve();
  const run = before.then(() => (signal?.aborted ? undefined : work()));
  const settled = run.catch(() => {});
  held.set(name, settled);
  try {
    return await run;
  } finally {
    if (held.get(name) === settled) held.delete(name);
  }
}

/** Runs `work` while holding `name`; a waiting request is given up when `signal` aborts. */
export function withLock(name, options, work) {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(name, options, work) : withinTab(name, options, work);
}
