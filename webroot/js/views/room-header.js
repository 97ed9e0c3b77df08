import { RoomAvatar } from './avatar.js';
import { BackIcon, PeopleIcon } from './icons.js';
import { PinsButton } from './pins.js';
import { html } from './preact.js';
import { RoomMenu } from './room-menu.js';
import { goHome } from './route.js';

/** Whose room this is, what it is about, who is here, and what can be done with it. */
export function RoomHeader({ chat, room, panel, onPanel, onSearch }) {
  const direct = room.kind === 'direct';
  const online = direct && room.presence.has(room.other?.id);
  return html`
    <header class="bar room-bar">
      <button type="button" class="icon-button back" data-testid="back" aria-label="Back to the conversations" onClick=${goHome}>
        <${BackIcon} /></button>
      <${RoomAvatar} room=${room} online=${online} />
      <div class="who">
        <h2 data-testid="room-title" dir="auto">${room.title}</h2>
        <p class="presence"><span data-testid="presence">${presence(room, online)}</span>${
          room.archivedAt && html` · <span data-testid="archived">archived</span>`}${
          room.topic && html`<span class="topic" title=${room.topic}> · <bdi data-testid="topic">${room.topic}</bdi></span>`}</p>
      </div>
      <${PinsButton} open=${panel === 'pins'} onOpen=${() => onPanel('pins')} />
      <button type="button" class="icon-button" data-testid="members" title="Members" aria-label="Members"
        aria-expanded=${panel === 'members'} onClick=${() => onPanel('members')}><${PeopleIcon} /></button>
      <${RoomMenu} chat=${chat} room=${room} onSearch=${onSearch} />
    </header>`;
}

function presence(room, online) {
  if (room.kind === 'direct') return online ? 'Online' : `@${room.other?.username ?? ''}`;
  const people = room.memberCount === undefined ? '' : `${room.memberCount} ${room.memberCount === 1 ? 'member' : 'members'}`;
  return room.presence.count ? `${people} · ${room.presence.count} online` : people;
}
