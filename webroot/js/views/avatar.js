import { initial, tintOf } from '../lib/text.js';
import { HashIcon, PeopleIcon } from './icons.js';
import { html, useState } from './preact.js';

/** Pictures come from this server alone; nobody else need know who looks at whom. */
const isOurs = (url) => shown && /^\/(?!\/)/.test(url ?? '');

let shown = true;

/** Pictures are asked for with the cookie; where that does not go, people have their initials. */
export function showPictures(yes) {
  shown = yes;
}

/** A person's picture, or their initial on their own colour; with a dot when they are here. */
export function Avatar({ user, online, size = '' }) {
  const url = user?.avatarUrl;
  const [broken, setBroken] = useState(null);
  return html`
    <span class="avatar ${size} tint-${tintOf(user?.id)}" aria-hidden="true">
      ${isOurs(url) && url !== broken
        ? html`<img src=${url} alt="" loading="lazy" draggable=${false} onError=${() => setBroken(url)} />`
        : initial(user?.displayName ?? user?.username)}
      ${online && html`<span class="dot online"></span>`}
    </span>`;
}

/** The other person in a direct room; else its picture, or a sign. */
export function RoomAvatar({ room, online, size = '' }) {
  if (room.kind === 'direct') return html`<${Avatar} user=${room.other} online=${online} size=${size} />`;
  return html`<${NamedRoomAvatar} room=${room} size=${size} />`;
}

function NamedRoomAvatar({ room, size }) {
  const url = room.avatarUrl;
  const [broken, setBroken] = useState(null);
  return html`
    <span class="avatar room ${size} tint-${tintOf(room.id)}" aria-hidden="true">
      ${isOurs(url) && url !== broken ? html`<img src=${url} alt="" loading="lazy" draggable=${false} onError=${() => setBroken(url)} />`
        : room.kind === 'public' ? html`<${HashIcon} />` : html`<${PeopleIcon} />`}
    </span>`;
}
