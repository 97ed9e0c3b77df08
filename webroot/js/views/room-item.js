import { briefTime } from '../lib/time.js';
import { saying } from '../models/attachments.js';
import { RoomAvatar } from './avatar.js';
import { PinIcon, QuietIcon } from './icons.js';
import { html, Pure } from './preact.js';
import { roomHref } from './route.js';

/** One line of the room list. Everything it shows is a property. */
export class RoomItem extends Pure {
  render({ room, open, title, unread, mentions, marked, quiet, pinned, draft, last, online, typing }) {
    const news = unread > 0 || marked;
    return html`
      <li>
        <a class="room-item ${news ? 'has-unread' : ''} ${quiet ? 'quieted' : ''}" data-testid="room-item" data-room-id=${room.id}
          href=${roomHref(room.id)} aria-current=${open ? 'page' : undefined}>
          <${RoomAvatar} room=${room} online=${online} />
          <span class="room-text">
            <span class="line">
              <bdi class="name">${title}</bdi>
              ${quiet && html`<span class="room-sign" title="You are told nothing of this"><${QuietIcon} /><span class="unseen">muted</span></span>`}
              ${pinned && html`<span class="room-sign" data-testid="pinned-room" title="Kept on top"><${PinIcon} /><span class="unseen">kept on top</span></span>`}
              ${last && html`<time datetime=${last.sentAt}>${briefTime(last.sentAt)}</time>`}
            </span>
            <span class="line">
              <span class="preview">${typing ? 'typing…' : draft ? html`<span class="draft-mark">Draft:</span> <bdi>${draft}</bdi>`
                : html`<${Preview} room=${room} last=${last} />`}</span>
              ${mentions > 0 && html`
                <span class="badge mention-badge" data-testid="mention-count" aria-label="${mentions} ${mentions === 1 ? 'mention' : 'mentions'}">@${mentions > 99 ? '99+' : mentions}</span>`}
              ${unread > 0 ? html`
                <span class="badge" data-testid="unread" aria-label="${unread} unread">${unread > 999 ? '999+' : unread}</span>`
                : marked && html`<span class="badge mark-dot" data-testid="marked-unread" aria-label="marked unread"></span>`}
            </span>
          </span>
        </a>
      </li>`;
  }
}

const LONGEST = 120;

/** What an item shows, so that it renders again only when one of these changed. */
export function shownOf(room, drafts, open) {
  return {
    title: room.title, unread: room.unread, last: room.lastMessage, count: room.memberCount, picture: room.avatarUrl, kind: room.kind,
    mentions: room.place.mentions, marked: room.place.markedUnread, quiet: room.place.notifications === 'none', pinned: !!room.place.pinnedAt,
    draft: open ? '' : drafts.text(room.id).trim().slice(0, LONGEST),
    online: room.kind === 'direct' && room.presence.has(room.other?.id), typing: room.typing.people().length,
  };
}

function Preview({ room, last }) {
  if (!last) return room.kind === 'direct' ? 'Say hello' : 'Nothing said yet';
  const text = last.deletedAt ? 'Message deleted' : saying(last, (words) => words.slice(0, LONGEST));
  const mine = last.sender.id === room.me.id;
  const who = mine ? 'You: ' : room.kind === 'direct' ? '' : html`<bdi>${last.sender.displayName}</bdi>: `;
  return html`${who}<bdi>${text}</bdi>`;
}
