// What a change has changed: `before` and `after` of the audit log side by side.

import { parsed } from './values.js';

/**
 * One line a property, those that differ first and then as they stand: `{name, kind, before, after}`, `kind` being `added`,
 * `removed`, `changed` or `same`. Of an object inside an object each property has a line of its own: `profile.name`.
 */
export function differences(before, after) {
  const [one, other] = [flattened(parsed(before)), flattened(parsed(after))];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const lines = names.map((name) => ({ name, kind: kindOf(name, one, other), before: one.get(name), after: other.get(name) }));
  return [...lines.filter(({ kind }) => kind !== 'same'), ...lines.filter(({ kind }) => kind === 'same')];
}

function kindOf(name, one, other) {
  if (!one.has(name)) return 'added';
  if (!other.has(name)) return 'removed';
  return one.get(name) === other.get(name) ? 'same' : 'changed';
}

/** Name to value in words, in the order of the object. */
function flattened(value, path = '', found = new Map()) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length) {
    for (const [name, inner] of Object.entries(value)) flattened(inner, path ? `${path}.${name}` : name, found);
  } else if (value !== undefined && (path || value !== null)) {
    found.set(path || 'value', typeof value === 'string' ? value : JSON.stringify(value));
  }
  return found;
}

/** Which properties differ; none where a list has cut what came. */
export function changedNames(before, after) {
  const whole = [before, after].every((value) => typeof parsed(value) !== 'string');
  return whole ? differences(before, after).filter(({ kind }) => kind !== 'same').map(({ name }) => name) : [];
}

/** Where two texts begin and cease to differ: `{start, before, after, end}`, all pieces of text. */
export function pieces(before = '', after = '') {
  const [one, other] = [[...before], [...after]];
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  const middle = (all) => all.slice(start, all.length - end).join('');
  return { start: one.slice(0, start).join(''), before: middle(one), after: middle(other), end: one.slice(one.length - end).join('') };
}
