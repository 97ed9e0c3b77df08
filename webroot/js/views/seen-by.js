import { listed } from '../lib/text.js';
import { Avatar } from './avatar.js';
import { CheckIcon } from './icons.js';
import { html } from './preact.js';

const FACES = 5;

/** Under my last message of a small room: who has seen it. */
export function SeenBy({ room, seq }) {
  const ids = room.seen.by(seq, room.me.id);
  if (!room.seen.loaded) return null;
  if (room.kind === 'direct') {
    return html`<li class="seen-by" data-testid="seen-by"><${CheckIcon} />${ids.length ? html`<${CheckIcon} />Seen` : 'Sent'}</li>`;
  }
  if (!ids.length) return null;
  const people = ids.map((id) => personOf(room, id)).filter(Boolean);
  const names = people.length === ids.length ? listed(people.map(({ displayName }) => displayName)).join('') : `${ids.length} people`;
  return html`
    <li class="seen-by" data-testid="seen-by" title="Seen by ${names}">
      <span class="unseen">Seen by ${names}</span>
      <span class="faces" aria-hidden="true">
        ${people.slice(0, FACES).map((user) => html`<${Avatar} key=${user.id} user=${user} size="tiny" />`)}
        ${ids.length > Math.min(people.length, FACES) && html`<span class="more">+${ids.length - Math.min(people.length, FACES)}</span>`}
      </span>
    </li>`;
}

function personOf(room, userId) {
  return room.members.get(userId)?.user ?? room.people?.find(({ id }) => id === userId);
}
