import { initial, tintOf } from '../lib/text.js';
import { HashIcon, PeopleIcon } from './icons.js';
import { html } from './preact.js';

/** A person's initial on their own colour, with a dot when they are here. */
export function Avatar({ user, online, size = '' }) {
  return html`
    <span class="avatar ${size} tint-${tintOf(user?.id)}" aria-hidden="true">
      ${initial(user?.displayName ?? user?.username)}
      ${online && html`<span class="dot online"></span>`}
    </span>`;
}

/** The other person in a direct room, a sign otherwise. */
export function RoomAvatar({ room, online, size = '' }) {
  if (room.kind === 'direct') return html`<${Avatar} user=${room.other} online=${online} size=${size} />`;
  return html`
    <span class="avatar room ${size} tint-${tintOf(room.id)}" aria-hidden="true">
      ${room.kind === 'public' ? html`<${HashIcon} />` : html`<${PeopleIcon} />`}
    </span>`;
}
