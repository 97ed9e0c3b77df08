import { listed, plain } from '../lib/text.js';

/** What the timeline says of the room itself, by version; each stands after the message `after`. */
export class Lines {
  #rows = new Map();
  #sorted = null;

  upsert(line) {
    if (this.#rows.has(line.version)) return;
    this.#rows.set(line.version, line);
    this.#sorted = null;
  }

  addPage(lines = []) {
    for (const line of lines) this.upsert(line);
  }

  clear() {
    this.#rows.clear();
    this.#sorted = null;
  }

  /** All of them in order. The same array until something changes. */
  list() {
    return (this.#sorted ??= [...this.#rows.values()].sort((one, other) => one.version - other.version));
  }

  /** Those after the message `from` and before `to`, in order: O(log n + k). */
  between(from, to = Infinity) {
    const all = this.list();
    let low = 0;
    for (let high = all.length; low < high;) {
      const middle = (low + high) >> 1;
      if (all[middle].after < from) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < all.length && all[end].after < to) end++;
    return all.slice(low, end);
  }
}

/** Coming and going of several, one after the other, is told in one sentence. */
export function gathered(lines) {
  const groups = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && joinsUp(last[0], line)) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

function joinsUp(one, other) {
  if (one.kind !== other.kind) return false;
  return ['joined', 'left'].includes(one.kind) || (['added', 'removed'].includes(one.kind) && one.actor.id === other.actor.id);
}

const ROLES = { owner: 'an owner', moderator: 'a moderator', member: 'a member' };
const KINDS = { public: 'open to everyone', group: 'by invitation only' };

/** Of `[line, …]` gathered, the sentence: strings and people. `me` is told as “you”. */
export function telling(lines, meId) {
  const [line] = lines;
  const { actor, subject, text } = line;
  const who = (user) => (user?.id === meId ? 'you' : user);
  const begin = actor.id === meId ? 'You' : actor;
  const each = (pick) => listed(unique(lines.map(pick)).map(who));
  switch (line.kind) {
    case 'joined': return [...capital(each((one) => one.actor)), ' joined'];
    case 'left': return [...capital(each((one) => one.actor)), ' left'];
    case 'added': return [begin, ' added ', ...each((one) => one.subject)];
    case 'removed': return [begin, ' removed ', ...each((one) => one.subject)];
    case 'banned': return [begin, ' banned ', who(subject)];
    case 'role': return subject && subject.id !== actor.id ? [begin, ' made ', who(subject), ` ${ROLES[text] ?? text}`]
      : [begin, actor.id === meId ? ' are now ' : ' is now ', ROLES[text] ?? text];
    case 'renamed': return [begin, ' named the room “', { quoted: plain(text ?? '') }, '”'];
    case 'topic': return text ? [begin, ' set the topic: ', { quoted: plain(text) }] : [begin, ' removed the topic'];
    case 'picture': return [begin, ' changed the picture'];
    case 'kind': return [begin, text in KINDS ? ` made the room ${KINDS[text]}` : ' changed who can join'];
    case 'archived': return [begin, ' archived the room'];
    case 'restored': return [begin, ' took the room out of the archive'];
    case 'posting': return [begin, text === 'moderators' ? ' let only the moderators write' : ' let everyone write'];
    case 'history': return [begin, text === 'joined' ? ' hid earlier messages from new members' : ' let new members see earlier messages'];
    case 'retention': return [begin, text ? ` let messages be deleted after ${days(text)}` : ' let messages be kept for good'];
    default: return [begin, ' changed the room'];
  }
}

export const days = (count) => (Number(count) === 1 ? 'a day' : `${count} days`);

const capital = ([first, ...rest]) => [first === 'you' ? 'You' : first, ...rest];

function unique(people) {
  return [...new Map(people.filter(Boolean).map((user) => [user.id, user])).values()];
}
