import { days } from '../models/lines.js';
import { mayTo } from '../models/permissions.js';
import { Avatar } from './avatar.js';
import { Bans } from './bans.js';
import { Confirm } from './confirm.js';
import { ChatIcon, CloseIcon, MoreIcon, StopIcon } from './icons.js';
import { Menu } from './menu.js';
import { PeoplePicker } from './people-picker.js';
import { html, useAction, useEffect, useRef, useSettled, useState } from './preact.js';
import { AskBlock } from './room-menu.js';
import { goToRoom } from './route.js';

const SEARCH_FROM = 30;

/** Who belongs to the room and who of them is here, page by page; who may adds, removes and bans people and gives them roles. */
export function MembersPanel({ chat, room, onClose }) {
  const [adding, setAdding] = useState(false);
  const [query, setQuery] = useState('');
  const load = useAction((more) => room.members.load({ more }));
  const change = useAction((action) => action());
  useEffect(() => { load.run(); }, [room, room.members.loaded, chat.bus.state === 'online']);
  const found = useFound(room, useSettled(query.trim()));
  const [asked, setAsked] = useState(null);
  const problem = change.problem ?? load.problem;
  const rows = found ?? byPresence(room);
  return html`
    <aside class="members" data-testid="members-panel" aria-label="Members">
      <header>
        <h3>Members <span class="count">${room.memberCount}</span></h3>
        <button type="button" class="icon-button" data-testid="close-members" aria-label="Close the members" onClick=${onClose}><${CloseIcon} /></button>
      </header>
      ${room.topic && html`<p class="about-room" dir="auto">${room.topic}</p>`}
      ${room.retentionDays && html`<p class="about-room" data-testid="retention">Messages are deleted after ${days(room.retentionDays)}.</p>`}
      ${room.may('addMember') && !adding && html`
        <button type="button" class="quiet wide" data-testid="add-people" onClick=${() => setAdding(true)}>Add people</button>`}
      ${adding && html`
        <${PeoplePicker} chat=${chat} id="member-search" label="Add people" without=${(id) => !!room.members.get(id)}
          onPick=${(user) => change.run(() => chat.addMember(room, user.id))} />
        <button type="button" class="quiet wide" onClick=${() => setAdding(false)}>Done</button>`}
      ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
      ${room.memberCount >= SEARCH_FROM && html`
        <input type="search" class="slim" data-testid="find-member" placeholder="Find a member" aria-label="Find a member" autocomplete="off" dir="auto"
          value=${query} onInput=${(event) => setQuery(event.target.value)} />`}
      <ul data-testid="member-list" aria-busy=${load.busy}>
        ${rows.map((member) => html`
          <${MemberRow} key=${member.user.id} chat=${chat} room=${room} member=${member} online=${room.presence.has(member.user.id)}
            change=${change.run} onAsk=${(what) => setAsked({ what, user: member.user })} />`)}
      </ul>
      ${found && !found.length && html`<p class="hint centred" role="status">No member is called that.</p>`}
      ${!found && !room.members.loaded && html`<${More} busy=${load.busy} count=${rows.length} onMore=${() => load.run(true)} />`}
      ${room.may('ban') && html`<${Bans} chat=${chat} room=${room} />`}
      ${asked && html`<${Asked} ...${asked} chat=${chat} room=${room} change=${change.run} onClose=${() => setAsked(null)} />`}
    </aside>`;
}

function byPresence(room) {
  const all = room.members.list();
  if (!room.members.few) return all;
  const here = (member) => Number(room.presence.has(member.user.id));
  return all.sort((one, other) => here(other) - here(one));
}

/** Who is called that, of all pages; null while nobody is looked for. */
function useFound(room, query) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    let current = true;
    const keep = (items) => { if (current) setFound(items); };
    if (!query) keep(null);
    else room.members.find(query).then(keep, () => keep([]));
    return () => { current = false; };
  }, [query]);
  return found?.map((member) => room.members.get(member.user.id) ?? member);
}

/** The end of what is loaded: coming into sight, it asks for the next page. */
function More({ busy, count, onMore }) {
  const end = useRef();
  const ask = useRef();
  ask.current = () => { if (!busy && count) onMore(); };
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => { if (entry.isIntersecting) ask.current(); }, { rootMargin: '400px' });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [count]);
  return html`<p class="hint centred" ref=${end} role="status">${busy || !count ? 'Loading…'
    : html`<button type="button" class="link" data-testid="more-members" onClick=${onMore}>Show more</button>`}</p>`;
}

const ROLES = [['owner', 'Owner'], ['moderator', 'Moderator'], ['member', 'Member']];

function MemberRow({ chat, room, member: { user, role }, online, change, onAsk }) {
  const me = user.id === chat.me.id;
  const word = ROLES.find(([name]) => name === role)?.[1].toLowerCase();
  return html`
    <li class="member-row" data-testid="member" data-user-id=${user.id} data-online=${online} data-role=${role}>
      <${Avatar} user=${user} online=${online} size="small" />
      <span class="who">
        <bdi class="name">${user.displayName}</bdi>
        <span class="handle">${[me && 'you', role !== 'member' && word, online ? 'online' : `@${user.username}`].filter(Boolean).join(' · ')}</span>
      </span>
      ${(!me || room.may('changeRole')) && html`
        <${Menu} label="What to do with ${user.displayName}" icon=${MoreIcon} testid="member-menu"
          items=${deeds({ chat, room, user, role, me, change, onAsk })} />`}
    </li>`;
}

function deeds({ chat, room, user, role, me, change, onAsk }) {
  const blocked = chat.blocks.has(user.id);
  return [
    !me && room.kind !== 'direct' && { label: 'Write to them', testid: 'write-to', icon: ChatIcon, onPick: () => change(async () => goToRoom((await chat.direct(user.id)).id)) },
    ...(room.may('changeRole') && (me || role !== 'owner') ? ROLES : []).map(([name, label]) => ({
      group: 'Role', label, testid: `role-${name}`, checked: role === name, onPick: () => name !== role && change(() => chat.admin.setRole(room, user.id, name)),
    })),
    !me && mayTo(role, 'removeMember', room) && { label: 'Remove…', testid: 'remove-member', icon: CloseIcon, danger: true, onPick: () => onAsk('remove') },
    !me && mayTo(role, 'ban', room) && { label: 'Ban…', testid: 'ban-member', icon: StopIcon, danger: true, onPick: () => onAsk('ban') },
    !me && (blocked ? { label: 'Unblock', testid: 'unblock-person', icon: StopIcon, onPick: () => change(() => chat.blocks.unblock(user)) }
      : { label: 'Block…', testid: 'block-person', icon: StopIcon, danger: true, onPick: () => onAsk('block') }),
  ];
}

function Asked({ what, user, chat, room, change, onClose }) {
  if (what === 'block') return html`<${AskBlock} user=${user} onClose=${onClose} onConfirm=${() => change(() => chat.blocks.block(user))} />`;
  const ban = what === 'ban';
  return html`
    <${Confirm} title=${ban ? 'Ban from the room?' : 'Remove from the room?'} action=${ban ? 'Ban' : 'Remove'} onClose=${onClose}
      onConfirm=${() => change(() => (ban ? chat.admin.ban(room, user.id) : chat.removeMember(room, user.id)))}>
      <bdi>${user.displayName}</bdi> will no longer see what is said here${ban ? ', and cannot come back until the ban is lifted' : ''}.
    </${Confirm}>`;
}
