import { below } from '../lib/address.js';
import { initial, tintOf } from '../lib/text.js';
import { HashIcon, PeopleIcon } from './icons.js';
import { html, useState } from './preact.js';

/** Pictures come from this server alone; nobody else need know who looks at whom. */
const ours = (url) => (server && /^\/(?!\/)/.test(url ?? '') ? below(server, url) : undefined);

let server = document.baseURI;

/** Pictures are asked for with the cookie, where the server is; where that does not go (false), people have their initials. */
export function showPictures(where) {
  server = where;
}

/** A person's picture, or their initial on their own colour; with a dot when they are here. */
export function Avatar({ user, online, size = '' }) {
  const url = ours(user?.avatarUrl);
  const [broken, setBroken] = useState(null);
  return html`
    <span class="avatar ${size} tint-${tintOf(user?.id)}" aria-hidden="true">
      ${url && url !== broken
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
  const url = ours(room.avatarUrl);
  const [broken, setBroken] = useState(null);
  return html`
    <span class="avatar room ${size} tint-${tintOf(room.id)}" aria-hidden="true">
      ${url && url !== broken ? html`<img src=${url} alt="" loading="lazy" draggable=${false} onError=${() => setBroken(url)} />`
        : room.kind === 'public' ? html`<${HashIcon} />` : html`<${PeopleIcon} />`}
    </span>`;
}
