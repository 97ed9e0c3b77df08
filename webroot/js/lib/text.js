// Small questions about text.

/** Length as the server counts it: in code points. */
export const codePoints = (text) => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** The server says what is wrong with a field as the end of a sentence (`is taken`): the whole of it. */
export function sentence(subject, detail) {
  if (!detail || !/^\p{Ll}/u.test(detail)) return detail;
  return `${subject} ${detail.replace(/\.?$/, '.')}`;
}

/** The first letter or digit a name shows, upper case; `#` when there is none. */
export function initial(name = '') {
  const letter = name.match(/[\p{L}\p{N}]/u)?.[0];
  return letter ? letter.toLocaleUpperCase() : '#';
}

/** One of `count` tints, always the same for an id (FNV-1a). */
export function tintOf(id = '', count = 10) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % count;
}

/** A name fit for a sentence or a title, where nothing isolates it: without signs that turn the direction of writing. */
export const plain = (name) => name.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '');

/** Names and the words between them, as people say it: `Ann`, `Ann and Ben`, `Ann, Ben and 2 others`. */
export function listed(names, wrap = (name) => name) {
  if (names.length < 3) return names.flatMap((name, at) => (at ? [' and ', wrap(name)] : [wrap(name)]));
  const rest = names.length - 2;
  return [wrap(names[0]), ', ', wrap(names[1]), ` and ${rest} other${rest === 1 ? '' : 's'}`];
}
