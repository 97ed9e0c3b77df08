import { plain } from '../lib/text.js';
import { briefTime, fullTime } from '../lib/time.js';
import { saying } from '../models/attachments.js';
import { explain } from '../models/problems.js';
import { Avatar } from './avatar.js';
import { AtIcon, BackIcon } from './icons.js';
import { html, useAction, useEffect, useModels } from './preact.js';
import { messageHref } from './route.js';

/** Every message that called me, the newest first; each leads to its place. */
export function MentionsPage({ chat }) {
  const { mentions } = chat;
  useModels(mentions);
  const load = useAction(() => mentions.load());
  const more = useAction(() => mentions.more());
  useEffect(() => { if (!mentions.items || mentions.isStale) load.run(); }, [mentions.isStale]);
  const problem = load.problem ?? more.problem;
  const shown = (mentions.items ?? []).filter(({ message }) => !message.deletedAt);
  return html`
    <main class="room-view" aria-labelledby="mentions-title" data-testid="mentions-page">
      <header class="bar room-bar">
        <a class="icon-button back" href="#/" aria-label="Back to the conversations"><${BackIcon} /></a>
        <div class="who"><h2 id="mentions-title">Mentions</h2><p class="presence">Messages that call you</p></div>
      </header>
      <div class="page-scroll">
        ${problem && html`<p class="error" role="alert">${explain(problem)} <button type="button" class="link" onClick=${() => load.run()}>Try again</button></p>`}
        ${!mentions.items && !problem && html`<p class="hint centred" role="status">Loading…</p>`}
        ${mentions.items && !shown.length && html`<div class="empty small"><${AtIcon} /><p>Nobody has mentioned you yet. When somebody writes @${chat.me.username}, it is kept here.</p></div>`}
        <ul class="inbox" aria-busy=${load.busy}>
          ${shown.map(({ roomId, message }) => html`<${Mention} key=${`${roomId}/${message.seq}`} room=${chat.rooms.get(roomId)} message=${message} roomId=${roomId} />`)}
        </ul>
        ${mentions.next && html`<button type="button" class="quiet wide" disabled=${more.busy} onClick=${() => more.run()}>Show more</button>`}
      </div>
    </main>`;
}

function Mention({ room, roomId, message }) {
  const { seq, sender, sentAt } = message;
  return html`
    <li>
      <a class="inbox-item" href=${messageHref(roomId, seq)} data-testid="mention-item" data-seq=${seq}>
        <${Avatar} user=${sender} />
        <span class="room-text">
          <span class="line"><bdi class="name">${sender.displayName}</bdi><time datetime=${sentAt} title=${fullTime(sentAt)}>${briefTime(sentAt)}</time></span>
          <span class="handle">in <bdi>${room ? plain(room.title) : 'a room'}</bdi></span>
          <bdi class="inbox-text">${saying(message)}</bdi>
        </span>
      </a>
    </li>`;
}
