import { dayKey, fullTime } from '../lib/time.js';
import { gathered, telling } from '../models/lines.js';
import { html, Pure } from './preact.js';

/** What happened to the room, told between two messages. Several who come or go stand in one line. */
export class SystemLine extends Pure {
  render({ lines, meId }) {
    const time = lines.at(-1).at;
    return html`
      <li class="system-line" data-testid="line" data-kind=${lines[0].kind}>
        <span>${telling(lines, meId).map(said)}</span>
        <time class="unseen" datetime=${time}>${fullTime(time)}</time>
      </li>`;
  }
}

function said(part) {
  if (typeof part === 'string') return part;
  return part.quoted === undefined ? html`<bdi class="who-did">${part.displayName}</bdi>` : html`<bdi>${part.quoted}</bdi>`;
}

/** The lines between two messages (either may be absent), those of the later one's day apart: they stand below the day's name. */
export function linesBetween(room, before, row) {
  const lines = room.lines.between(before?.seq ?? (row && !room.timeline.window.complete ? row.seq - 1 : 0), row?.seq);
  const today = (line) => row && dayKey(line.at) === dayKey(row.sentAt);
  return { count: lines.length, earlier: standing(lines.filter((line) => !today(line)), room), sameDay: standing(lines.filter(today), room) };
}

function standing(lines, room) {
  return gathered(lines).map((some) => html`<${SystemLine} key=${`line-${some[0].version}-${some.length}`} lines=${some} meId=${room.me.id} />`);
}
