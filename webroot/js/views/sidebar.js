import { Avatar } from './avatar.js';
import { Confirm } from './confirm.js';
import { Connection } from './connection.js';
import { AtIcon, CompassIcon, PlusIcon, SearchIcon, SettingsIcon, ShieldIcon, SignOutIcon } from './icons.js';
import { html, useAction, useModels, useState } from './preact.js';
import { RoomList } from './room-list.js';
import { MENTIONS_HREF, settingsHref } from './route.js';
import { ScheduledLink } from './scheduled.js';

/** Who I am, what I can start, and my rooms. */
export function Sidebar({ chat, session, openId, page, onNew, onDirectory, onSearch }) {
  return html`
    <aside class="sidebar" aria-label="Conversations">
      <header class="bar">
        <img src="favicon.svg" alt="" width="28" height="28" />
        <h1>Parley</h1>
        <button type="button" class="icon-button" data-testid="search" title="Search (Ctrl+K)" aria-label="Search" aria-keyshortcuts="Control+K Meta+K"
          onClick=${onSearch}><${SearchIcon} /></button>
        <${MentionsLink} rooms=${chat.rooms} open=${page === 'mentions'} />
        <${ScheduledLink} chat=${chat} open=${page === 'scheduled'} />
        <button type="button" class="icon-button" data-testid="directory" title="Public rooms" aria-label="Public rooms"
          onClick=${onDirectory}><${CompassIcon} /></button>
        <button type="button" class="icon-button strong" data-testid="new-room" title="New conversation"
          aria-label="New conversation" onClick=${onNew}><${PlusIcon} /></button>
      </header>
      <${RoomList} chat=${chat} openId=${openId} onNew=${onNew} onDirectory=${onDirectory} />
      <${Me} chat=${chat} session=${session} />
    </aside>`;
}

function MentionsLink({ rooms, open }) {
  useModels(rooms);
  const count = rooms.mentions;
  return html`
    <a class="icon-button ${count ? 'called' : ''}" data-testid="mentions" href=${MENTIONS_HREF} title="Mentions" aria-current=${open ? 'page' : undefined}
      aria-label=${count ? `Mentions, ${count} new` : 'Mentions'}><${AtIcon} />${count > 0 && html`<span class="call-count" aria-hidden="true">${count > 99 ? '99+' : count}</span>`}</a>`;
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
      ${chat.me.role === 'admin' && chat.api.atHome && html`
        <a class="icon-button" data-testid="administration" title="Administration" aria-label="Administration" href="admin"><${ShieldIcon} /></a>`}
      <a class="icon-button" data-testid="settings" title="Settings" aria-label="Settings" href=${settingsHref('profile')}><${SettingsIcon} /></a>
      <button type="button" class="icon-button" data-testid="logout" title="Sign out" aria-label="Sign out"
        disabled=${busy} onClick=${() => (unsent ? setAsking(true) : run())}><${SignOutIcon} /></button>
      ${asking && html`
        <${Confirm} title="Sign out now?" action="Sign out" onConfirm=${run} onClose=${() => setAsking(false)}>
          ${unsent === 1 ? 'One message is' : `${unsent} messages are`} not sent yet. They stay in this browser until you sign in here again.
        </${Confirm}>`}
    </footer>`;
}
