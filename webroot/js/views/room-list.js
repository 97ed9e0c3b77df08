import { html, useModels, useState } from './preact.js';
import { RoomItem, shownOf } from './room-item.js';

const FILTER_FROM = 8;

/** My conversations: those on top, then by what was said last; hidden ones on demand. */
export function RoomList({ chat, openId, onNew, onDirectory }) {
  useModels(chat.rooms, chat.drafts);
  const [filter, setFilter] = useState('');
  const [withHidden, setWithHidden] = useState(false);
  const all = chat.rooms.list();
  const hidden = all.filter((room) => room.hidden && room.id !== openId).length;
  const wanted = filter.trim().toLocaleLowerCase();
  const rooms = wanted ? all.filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
    : all.filter((room) => withHidden || !room.hidden || room.id === openId);
  if (chat.rooms.loaded && !all.length) return html`<${NoRooms} onNew=${onNew} onDirectory=${onDirectory} />`;
  return html`
    ${all.length >= FILTER_FROM && html`
      <div class="filter">
        <input type="search" placeholder="Filter conversations" aria-label="Filter conversations" value=${filter}
          onInput=${(event) => setFilter(event.target.value)} />
      </div>`}
    <nav class="rooms" aria-label="My conversations">
      <ul data-testid="room-list" aria-busy=${!chat.rooms.loaded}>
        ${rooms.map((room) => html`<${RoomItem} key=${room.id} room=${room} open=${room.id === openId} ...${shownOf(room, chat.drafts, room.id === openId)} />`)}
      </ul>
      ${wanted && !rooms.length && html`<p class="hint centred">No conversation is called that.</p>`}
      ${hidden > 0 && !wanted && html`
        <p class="centred"><button type="button" class="link" data-testid="show-hidden" aria-expanded=${withHidden} onClick=${() => setWithHidden(!withHidden)}>
          ${withHidden ? 'Hide them again' : `${hidden} hidden ${hidden === 1 ? 'conversation' : 'conversations'}`}</button></p>`}
    </nav>`;
}

function NoRooms({ onNew, onDirectory }) {
  return html`
    <nav class="rooms" aria-label="My conversations">
      <ul data-testid="room-list"></ul>
      <div class="empty small">
        <p>No conversations yet. Write to someone, or see which rooms are open to all.</p>
        <button type="button" class="primary" onClick=${onNew}>New conversation</button>
        <button type="button" class="quiet" onClick=${onDirectory}>Public rooms</button>
      </div>
    </nav>`;
}
