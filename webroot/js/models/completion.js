// Completing `@name` while one writes. Pure: text and caret in, text and caret out.

/** As user names are; before the `@` nothing that would make it an address. */
const OPEN = /(^|[^\p{L}\p{N}_@.\-/])@([\p{L}\p{N}._-]{0,32})$/u;

/** The name that is begun at the caret: `{from, prefix}`, or null. `from` is the place of the `@`. */
export function mentionAt(text, caret) {
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  const found = line.slice(-40).match(OPEN);
  return found && { from: caret - found[2].length - 1, prefix: found[2] };
}

/** The text with that name in place of what was begun, a space after it, and the caret behind. */
export function completed(text, caret, { from }, username) {
  const before = `${text.slice(0, from)}@${username}`;
  const after = text.slice(caret);
  const space = /^\s/u.test(after) ? '' : ' ';
  return { text: before + space + after, caret: before.length + 1 };
}

/** How many are offered at once. */
export const OFFERED = 8;

const folded = (text) => text.normalize('NFKC').toLocaleLowerCase();

/** People whose user name or whose name, or a word of it, begins so; user names first. O(n). */
export function matching(people, prefix) {
  const wanted = folded(prefix);
  const rank = ({ username, displayName = '' }) => {
    if (folded(username).startsWith(wanted)) return 0;
    const name = folded(displayName);
    if (name.startsWith(wanted)) return 1;
    return name.split(/[\s.\-_]+/u).some((word) => word.startsWith(wanted)) ? 2 : 3;
  };
  return people.map((user) => ({ user, rank: rank(user) })).filter(({ rank }) => rank < 3)
    .sort((one, other) => one.rank - other.rank || one.user.username.localeCompare(other.user.username)).map(({ user }) => user);
}

/** `@room` is offered like a person to who may call everybody. */
export const EVERYBODY = Object.freeze({ id: 'room', username: 'room', displayName: 'Everybody in this room' });
