import { Avatar } from './avatar.js';
import { Confirm } from './confirm.js';
import { CloseIcon } from './icons.js';
import { PeoplePicker } from './people-picker.js';
import { html, useAction, useEffect, useState } from './preact.js';

/** Who belongs to the room and who of them is here; its owner can add and remove people. */
export function MembersPanel({ chat, room, onClose }) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState(null);
  const load = useAction(() => room.loadMembers());
  const change = useAction((action) => action());
  useEffect(() => { load.run(); }, [room, room.members.loaded, chat.bus.state === 'online']);
  const owner = room.role === 'owner' && room.kind !== 'direct';
  const problem = change.problem ?? load.problem;
  return html`
    <aside class="members" data-testid="members-panel" aria-label="Members">
      <header>
        <h3>Members <span class="count">${room.memberCount}</span></h3>
        <button type="button" class="icon-button" aria-label="Close the members" onClick=${onClose}><${CloseIcon} /></button>
      </header>
      ${owner && !adding && html`
        <button type="button" class="quiet wide" data-testid="add-people" onClick=${() => setAdding(true)}>Add people</button>`}
      ${adding && html`
        <${PeoplePicker} chat=${chat} id="member-search" label="Add people" without=${(id) => !!room.members.get(id)}
          onPick=${(user) => change.run(() => chat.addMember(room, user.id))} />
        <button type="button" class="quiet wide" onClick=${() => setAdding(false)}>Done</button>`}
      ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
      <ul aria-busy=${load.busy}>
        ${byPresence(room).map((member) => html`
          <${MemberRow} key=${member.user.id} member=${member} me=${member.user.id === chat.me.id}
            online=${room.presence.has(member.user.id)}
            onRemove=${owner && (() => setRemoving(member.user))} />`)}
      </ul>
      ${removing && html`
        <${Confirm} title="Remove from the room?" action="Remove" onClose=${() => setRemoving(null)}
          onConfirm=${() => change.run(() => chat.removeMember(room, removing.id))}>
          <bdi>${removing.displayName}</bdi> will no longer see what is said here.
        </${Confirm}>`}
      ${load.busy && !room.members.loaded && html`<p class="hint centred" role="status">Loading…</p>`}
    </aside>`;
}

function byPresence(room) {
  const here = (member) => Number(room.presence.has(member.user.id));
  return room.members.list().sort((one, other) => here(other) - here(one));
}

function MemberRow({ member: { user, role }, me, online, onRemove }) {
  return html`
    <li class="member-row" data-testid="member" data-user-id=${user.id} data-online=${online}>
      <${Avatar} user=${user} online=${online} size="small" />
      <span class="who">
        <bdi class="name">${user.displayName}</bdi>
        <span class="handle">${[me && 'you', role !== 'member' && role, online ? 'online' : `@${user.username}`].filter(Boolean).join(' · ')}</span>
      </span>
      ${onRemove && !me && html`
        <button type="button" class="icon-button" data-testid="remove-member" aria-label="Remove ${user.displayName}"
          title="Remove" onClick=${onRemove}><${CloseIcon} /></button>`}
    </li>`;
}
