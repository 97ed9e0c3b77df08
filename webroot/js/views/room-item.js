import { briefTime } from '../lib/time.js';
import { RoomAvatar } from './avatar.js';
import { html, Pure } from './preact.js';
import { roomHref } from './route.js';

/** One line of the room list. Everything it shows is a property. */
export class RoomItem extends Pure {
  render({ room, open, title, unread, last, online, typing }) {
    return html`
      <li>
        <a class="room-item ${unread ? 'has-unread' : ''}" data-testid="room-item" data-room-id=${room.id}
          href=${roomHref(room.id)} aria-current=${open ? 'page' : undefined}>
          <${RoomAvatar} room=${room} online=${online} />
          <span class="room-text">
            <span class="line">
              <bdi class="name">${title}</bdi>
              ${last && html`<time datetime=${last.sentAt}>${briefTime(last.sentAt)}</time>`}
            </span>
            <span class="line">
              <span class="preview">${typing ? 'typing…' : html`<${Preview} room=${room} last=${last} />`}</span>
              ${unread > 0 && html`
                <span class="badge" data-testid="unread" aria-label="${unread} unread">${unread > 999 ? '999+' : unread}</span>`}
            </span>
          </span>
        </a>
      </li>`;
  }
}

const LONGEST = 120;

function Preview({ room, last }) {
  if (!last) return room.kind === 'direct' ? 'Say hello' : 'Nothing said yet';
  const text = last.deletedAt ? 'Message deleted' : (last.text ?? '').slice(0, LONGEST);
  const mine = last.sender.id === room.me.id;
  const who = mine ? 'You: ' : room.kind === 'direct' ? '' : html`<bdi>${last.sender.displayName}</bdi>: `;
  return html`${who}<bdi>${text}</bdi>`;
}
