import { RoomAvatar } from './avatar.js';
import { Confirm } from './confirm.js';
import { BackIcon, LeaveIcon, PeopleIcon } from './icons.js';
import { PinsButton } from './pins.js';
import { html, useAction, useState } from './preact.js';
import { goHome } from './route.js';

/** Whose room this is, who is here, and what can be done with it. */
export function RoomHeader({ chat, room, panel, onPanel }) {
  const direct = room.kind === 'direct';
  const online = direct && room.presence.has(room.other?.id);
  const { busy, problem, run } = useAction(() => chat.leave(room.id));
  const [asking, setAsking] = useState(false);
  return html`
    <header class="bar room-bar">
      <button type="button" class="icon-button back" data-testid="back" aria-label="Back to the conversations" onClick=${goHome}>
        <${BackIcon} /></button>
      <${RoomAvatar} room=${room} online=${online} />
      <div class="who">
        <h2 data-testid="room-title" dir="auto">${room.title}</h2>
        <p class="presence" data-testid="presence">${problem ? `Could not leave: ${problem.message}` : presence(room, online)}</p>
      </div>
      ${!direct && html`
        <button type="button" class="icon-button" data-testid="leave" title="Leave" aria-label="Leave this room"
          disabled=${busy} onClick=${() => setAsking(true)}><${LeaveIcon} /></button>`}
      <${PinsButton} open=${panel === 'pins'} onOpen=${() => onPanel('pins')} />
      <button type="button" class="icon-button" data-testid="members" title="Members" aria-label="Members"
        aria-expanded=${panel === 'members'} onClick=${() => onPanel('members')}><${PeopleIcon} /></button>
      ${asking && html`
        <${Confirm} title="Leave this room?" action="Leave" onConfirm=${run} onClose=${() => setAsking(false)}>
          ${room.kind === 'public' ? 'You can join again at any time.' : 'Only its owner can add you again.'}
        </${Confirm}>`}
    </header>`;
}

function presence(room, online) {
  if (room.kind === 'direct') return online ? 'Online' : `@${room.other?.username ?? ''}`;
  const people = room.memberCount === undefined ? '' : `${room.memberCount} ${room.memberCount === 1 ? 'member' : 'members'}`;
  return room.presence.count ? `${people} · ${room.presence.count} online` : people;
}
