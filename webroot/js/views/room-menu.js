import { Confirm } from './confirm.js';
import { EyeIcon, HideIcon, LeaveIcon, LinkIcon, MoreIcon, PinIcon, SearchIcon, SettingsIcon, StopIcon, UnreadIcon } from './icons.js';
import { Invites } from './invites.js';
import { Menu } from './menu.js';
import { html, useAction, useState } from './preact.js';
import { RoomSettings } from './room-settings.js';
import { goHome } from './route.js';

const LEVELS = [['all', 'Everything'], ['mentions', 'Mentions of me'], ['none', 'Nothing']];

/** What can be done with a room as a whole: for everybody who may, and for myself alone. */
export function RoomMenu({ chat, room, onSearch }) {
  const [dialog, setDialog] = useState(null);
  const act = useAction(async (work) => {
    await work().catch((problem) => {
      chat.notify(problem.message);
      throw problem;
    });
  });
  const mine = (wish) => act.run(() => chat.setPlace(room, wish));
  const away = (wish) => {
    goHome();
    mine(wish);
  };
  const direct = room.kind === 'direct';
  const blocked = direct && chat.blocks.has(room.other?.id);
  const close = () => setDialog(null);
  const items = [
    room.may('describe') && { label: 'Room settings…', testid: 'open-settings', icon: SettingsIcon, onPick: () => setDialog('settings') },
    room.may('invite') && { label: 'Invite people…', testid: 'open-invites', icon: LinkIcon, onPick: () => setDialog('invites') },
    ...LEVELS.map(([level, label]) => ({
      group: 'Tell me about', label, testid: `notify-${level}`, checked: room.place.notifications === level, onPick: () => mine({ notifications: level }),
    })),
    { label: 'Search in here…', testid: 'search-here', icon: SearchIcon, onPick: onSearch },
    { label: room.place.pinnedAt ? 'Not on top any more' : 'Keep on top', testid: 'pin-room', icon: PinIcon, onPick: () => mine({ pinned: !room.place.pinnedAt }) },
    { label: 'Mark as unread', testid: 'mark-unread', icon: UnreadIcon, onPick: () => away({ unread: true }) },
    room.hidden ? { label: 'Show in the list', testid: 'unhide-room', icon: EyeIcon, onPick: () => mine({ hidden: false }) }
      : { label: 'Hide until something new', testid: 'hide-room', icon: HideIcon, onPick: () => away({ hidden: true }) },
    direct && room.other && { label: blocked ? 'Unblock' : 'Block…', testid: 'block-person', icon: StopIcon, danger: !blocked,
      onPick: () => (blocked ? act.run(() => chat.blocks.unblock(room.other)) : setDialog('block')) },
    !direct && { label: 'Leave…', testid: 'leave', icon: LeaveIcon, danger: true, onPick: () => setDialog('leave') },
  ];
  return html`
    <${Menu} label="More" icon=${MoreIcon} testid="room-menu" items=${items} />
    ${dialog === 'settings' && html`<${RoomSettings} chat=${chat} room=${room} onClose=${close} />`}
    ${dialog === 'invites' && html`<${Invites} chat=${chat} room=${room} onClose=${close} />`}
    ${dialog === 'block' && html`<${AskBlock} user=${room.other} onClose=${close} onConfirm=${() => act.run(() => chat.blocks.block(room.other))} />`}
    ${dialog === 'leave' && html`
      <${Confirm} title="Leave this room?" action="Leave" onConfirm=${() => act.run(() => chat.leave(room.id))} onClose=${close}>
        ${room.kind === 'public' ? 'You can join again at any time.' : 'You can only come back when somebody adds or invites you.'}
      </${Confirm}>`}`;
}

export function AskBlock({ user, onClose, onConfirm }) {
  return html`
    <${Confirm} title="Block this person?" action="Block" onConfirm=${onConfirm} onClose=${onClose}>
      <bdi>${user.displayName}</bdi> can no longer write to you directly, and is not told. You still see each other in rooms you share.
    </${Confirm}>`;
}
