// `test` and `assert` for both worlds: Node's own runner, or a few lines of ours in a browser (see run.html).

const inNode = globalThis.process?.versions?.node !== undefined;

export const results = { passed: 0, failures: [] };
const cases = [];

function browserTest(name, body) {
  cases.push({ name, body });
}

/** Runs everything that was declared, one after the other. Browser only. */
export async function runAll() {
  for (const { name, body } of cases) {
    try {
      await body();
      results.passed++;
    } catch (error) {
      results.failures.push({ name, error });
    }
  }
  return results;
}

export const test = inNode ? (await import('node:test')).test : browserTest;

export function ok(value, message = 'expected something true') {
  if (!value) throw new Error(message);
}

/** Compares by value: order of properties and absent against undefined do not matter. */
export function same(actual, expected, message = '') {
  const [one, other] = [canonical(actual), canonical(expected)];
  if (one !== other) throw new Error(`${message}\n  expected ${other}\n  but was  ${one}`);
}

const canonical = (value) => JSON.stringify(value, (_, part) =>
  (part && typeof part === 'object' && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part));

/** Repeatable randomness (mulberry32): the seed of a failing run can be tried again. */
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  next.below = (limit) => Math.floor(next() * limit);
  next.chance = (probability) => next() < probability;
  return next;
}

/** Lets everything that is ready run. */
export const idle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Waits for a condition instead of for a time. */
export async function until(condition, what = 'condition') {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 2_000) throw new Error(`never: ${what}`);
    await idle();
  }
}
