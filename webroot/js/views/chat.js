import { plain } from '../lib/text.js';
import { Announcements } from './announcements.js';
import { ConnectionBanner } from './connection.js';
import { Directory } from './directory.js';
import { ChatIcon, CloseIcon } from './icons.js';
import { JoinPage } from './join.js';
import { MentionsPage } from './mentions.js';
import { NewRoom } from './new-room.js';
import { html, useEffect, useLayoutEffect, useModels, useState } from './preact.js';
import { RoomView } from './room.js';
import { goHome, goToRoom } from './route.js';
import { ScheduledPage } from './scheduled.js';
import { SearchDialog, useSearchKey } from './search.js';
import { Settings } from './settings.js';
import { Sidebar } from './sidebar.js';

const NOTICE_STAYS = 8_000;

const TITLES = { settings: 'Settings', mentions: 'Mentions', scheduled: 'Scheduled messages', join: 'Invitation' };

const PAGES = { mentions: MentionsPage, scheduled: ScheduledPage };

/** The signed-in page: rooms at the left, the open one at the right, dialogs above. */
export function ChatView({ chat, session, account, route }) {
  useModels(chat, chat.rooms, chat.blocks, account);
  const { roomId } = route;
  const [dialog, setDialog] = useState(null);
  const room = chat.rooms.get(roomId);
  useLayoutEffect(() => chat.show(roomId), [roomId, room]);
  // What this rendering saw: when the effect runs, the rooms may have come.
  const unknown = roomId && !room && chat.rooms.loaded;
  useEffect(() => { if (unknown) goHome(); }, [unknown]);
  const settings = route.page === 'settings';
  useTitle(chat.rooms, room ? plain(room.title) : TITLES[route.page] ?? '');
  const close = () => setDialog(null);
  const search = (preset = '') => setDialog({ preset });
  useSearchKey(search);
  const enter = (entered) => { close(); goToRoom(entered.id); };
  if (settings) {
    return html`
      <${Settings} chat=${chat} session=${session} account=${account} section=${route.section} />
      <${Notices} chat=${chat} />`;
  }
  if (route.page === 'join') return html`<${JoinPage} key=${route.token} chat=${chat} token=${route.token} />`;
  const { timeZone } = account;
  const Page = PAGES[route.page];
  return html`
    <${Announcements} announcements=${chat.announcements} />
    <div class="shell ${room || Page ? 'in-room' : ''}">
      <${Sidebar} key=${timeZone} chat=${chat} session=${session} openId=${room?.id} page=${route.page}
        onNew=${() => setDialog('new')} onDirectory=${() => setDialog('directory')} onSearch=${() => search()} />
      <div class="pane">
        <${ConnectionBanner} bus=${chat.bus} />
        ${room ? html`<${RoomView} key=${`${room.id} ${timeZone}`} chat=${chat} room=${room} route=${route} onSearch=${search} />`
          : Page ? html`<${Page} key=${timeZone} chat=${chat} />`
          : html`<${Nothing} loaded=${chat.rooms.loaded} onNew=${() => setDialog('new')} />`}
      </div>
      ${dialog === 'new' && html`<${NewRoom} chat=${chat} onClose=${close} onDone=${enter} />`}
      ${dialog === 'directory' && html`<${Directory} chat=${chat} onClose=${close} onDone=${enter} />`}
      ${dialog?.preset !== undefined && html`<${SearchDialog} chat=${chat} preset=${dialog.preset} onClose=${close} />`}
      <${Notices} chat=${chat} />
    </div>`;
}

function Nothing({ loaded, onNew }) {
  if (!loaded) return html`<main class="empty"><p role="status">Loading your conversations…</p></main>`;
  return html`
    <main class="empty">
      <${ChatIcon} />
      <h2>Pick a conversation</h2>
      <p>Choose one on the left, or start something new.</p>
      <button class="primary" type="button" onClick=${onNew}>New conversation</button>
    </main>`;
}

/** Short news at the edge: a room that is gone, a message that could not be sent elsewhere. */
function Notices({ chat }) {
  return html`
    <div class="notices" role="status" aria-live="polite">
      ${chat.notices.map(({ id, text }) => html`<${Notice} key=${id} text=${text} onDismiss=${() => chat.dismiss(id)} />`)}
    </div>`;
}

function Notice({ text, onDismiss }) {
  useEffect(() => {
    const timer = setTimeout(onDismiss, NOTICE_STAYS);
    return () => clearTimeout(timer);
  }, []);
  return html`
    <p class="notice" data-testid="notice"><span dir="auto">${text}</span>
      <button type="button" class="icon-button" aria-label="Dismiss" onClick=${onDismiss}><${CloseIcon} /></button>
    </p>`;
}

function useTitle(rooms, place) {
  const unread = rooms.unread ? `(${rooms.unread}) ` : '';
  const title = `${unread}${place ? `${place} · ` : ''}Parley`;
  useLayoutEffect(() => { document.title = title; }, [title]);
  useEffect(() => () => { document.title = 'Parley'; }, []);
}
