import { Avatar } from './avatar.js';
import { Confirm } from './confirm.js';
import { Connection } from './connection.js';
import { CompassIcon, PlusIcon, SettingsIcon, SignOutIcon } from './icons.js';
import { html, useAction, useModels, useState } from './preact.js';
import { RoomItem } from './room-item.js';
import { settingsHref } from './route.js';

/** Who I am, what I can start, and my rooms. */
export function Sidebar({ chat, session, openId, onNew, onDirectory }) {
  return html`
    <aside class="sidebar" aria-label="Conversations">
      <header class="bar">
        <img src="favicon.svg" alt="" width="28" height="28" />
        <h1>Parley</h1>
        <button type="button" class="icon-button" data-testid="directory" title="Public rooms" aria-label="Public rooms"
          onClick=${onDirectory}><${CompassIcon} /></button>
        <button type="button" class="icon-button strong" data-testid="new-room" title="New conversation"
          aria-label="New conversation" onClick=${onNew}><${PlusIcon} /></button>
      </header>
      <${RoomList} chat=${chat} openId=${openId} onNew=${onNew} onDirectory=${onDirectory} />
      <${Me} chat=${chat} session=${session} />
    </aside>`;
}

function Me({ chat, session }) {
  useModels(chat.outbox);
  const [asking, setAsking] = useState(false);
  const unsent = chat.outbox.size;
  const { busy, problem, run } = useAction(() => session.signOut());
  return html`
    <footer class="me">
      <${Avatar} user=${chat.me} />
      <div class="who">
        <bdi class="name">${chat.me.displayName}</bdi>
        ${problem ? html`<span class="error" role="alert">Could not sign out: ${problem.message}</span>`
          : html`<${Connection} bus=${chat.bus} />`}
      </div>
      <a class="icon-button" data-testid="settings" title="Settings" aria-label="Settings" href=${settingsHref('profile')}><${SettingsIcon} /></a>
      <button type="button" class="icon-button" data-testid="logout" title="Sign out" aria-label="Sign out"
        disabled=${busy} onClick=${() => (unsent ? setAsking(true) : run())}><${SignOutIcon} /></button>
      ${asking && html`
        <${Confirm} title="Sign out now?" action="Sign out" onConfirm=${run} onClose=${() => setAsking(false)}>
          ${unsent === 1 ? 'One message is' : `${unsent} messages are`} not sent yet. They stay in this browser until you sign in here again.
        </${Confirm}>`}
    </footer>`;
}

const FILTER_FROM = 8;

function RoomList({ chat, openId, onNew, onDirectory }) {
  useModels(chat.rooms);
  const [filter, setFilter] = useState('');
  const all = chat.rooms.list();
  const wanted = filter.trim().toLocaleLowerCase();
  const rooms = wanted ? all.filter(({ title }) => title.toLocaleLowerCase().includes(wanted)) : all;
  if (chat.rooms.loaded && !all.length) return html`<${NoRooms} onNew=${onNew} onDirectory=${onDirectory} />`;
  return html`
    ${all.length >= FILTER_FROM && html`
      <div class="filter">
        <input type="search" placeholder="Filter conversations" aria-label="Filter conversations" value=${filter}
          onInput=${(event) => setFilter(event.target.value)} />
      </div>`}
    <nav class="rooms" aria-label="My conversations">
      <ul data-testid="room-list" aria-busy=${!chat.rooms.loaded}>
        ${rooms.map((room) => html`<${RoomItem} key=${room.id} room=${room} open=${room.id === openId} ...${shown(room)} />`)}
      </ul>
      ${wanted && !rooms.length && html`<p class="hint centred">No conversation is called that.</p>`}
    </nav>`;
}

/** What an item shows, so that it renders again only when one of these changed. */
function shown(room) {
  return {
    title: room.title, unread: room.unread, last: room.lastMessage, count: room.memberCount,
    online: room.kind === 'direct' && room.presence.has(room.other?.id), typing: room.typing.people().length,
  };
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
