import { copyText } from '../lib/clipboard.js';
import { usedEmoji } from '../lib/emoji.js';
import { messageDeeds } from '../models/message-deeds.js';
import { Confirm } from './confirm.js';
import { EarlierWords } from './earlier.js';
import { EmojiPicker } from './emoji-picker.js';
import { Forward } from './forward.js';
import { MessageMenu } from './message-menu.js';
import { html, useMemo, useRef, useState } from './preact.js';
import { WhoReacted } from './reactions.js';
import { Report } from './report.js';
import { goToMessage, messageHref } from './route.js';
import { Viewer } from './viewer.js';

/**
 * Where messages are worked on: `desk` has a verb for everything one does with a message and stays the same object, `layer`
 * is what is open above the page, `editing` the seq that is being changed. `target` is what a reply goes to: the room, or a thread.
 */
export function useDesk({ chat, room, target = room, within, onJump, onThread }) {
  const [open, setOpen] = useState(null);
  const [editing, setEditing] = useState(null);
  const ways = useRef();
  ways.current = { onJump, onThread };
  const desk = useMemo(() => makeDesk({ chat, room, target, within, ways, setOpen, setEditing }), [chat, room, target]);
  return { desk, editing: editing?.seq, layer: open && html`<${Layer} key=${open.what} ...${open} chat=${chat} room=${room} desk=${desk} onClose=${() => setOpen(null)} />` };
}

function makeDesk({ chat, room, target, within, ways, setOpen, setEditing }) {
  const { messages } = room;
  const open = (what) => (row, anchor) => setOpen({ what, row, anchor });
  const tried = (what, work) => work.catch((problem) => chat.notify(`${what}: ${problem.message}`));
  const copied = (text, what) => copyText(text).then(() => chat.notify(what), (problem) => chat.notify(problem.message));
  const focusRow = (seq) => document.querySelector(`${within} .message[data-seq="${seq}"]`)?.focus();
  const react = (row, emoji, on) => {
    if (on) usedEmoji(emoji);
    return tried('Your reaction was not taken', messages.react(row.seq, emoji, on));
  };
  return {
    chat, room, react,
    menu: open('menu'),
    pick: open('pick'),
    forward: open('forward'),
    whoReacted: open('who'),
    earlier: open('earlier'),
    report: open('report'),
    view: (row, id) => setOpen({ what: 'view', row, anchor: id }),
    delete: open('delete'),
    reply: (row) => target.answer(row.seq),
    jump: (seq) => ways.current.onJump(seq),
    thread: (seq) => ways.current.onThread(seq),
    edit: (row) => {
      const back = document.activeElement?.closest('textarea');
      setEditing({ seq: row.seq, back });
    },
    edited: () => setEditing((now) => {
      requestAnimationFrame(() => (now?.back?.isConnected ? now.back.focus() : focusRow(now?.seq)));
      return null;
    }),
    pin: (row) => tried(row.pinnedAt ? 'Not unpinned' : 'Not pinned', messages.pin(row.seq, !row.pinnedAt)),
    removePreview: (row) => tried('The preview is still there', messages.removePreview(row.seq).then(() => requestAnimationFrame(() => focusRow(row.seq)))),
    copy: (row) => copied(row.text, 'Copied'),
    copyLink: (row) => copied(new URL(messageHref(room.id, row.seq), location.href).href, 'Link copied'),
    origin: async (row) => {
      const there = await messages.origin(row.seq).catch((problem) => problem);
      if (there.roomId) goToMessage(there.roomId, there.seq);
      else chat.notify(there.status === 404 ? 'You cannot see where this was said.' : there.message);
    },
    confirmDelete: (row) => tried('Not deleted', messages.delete(row.seq).then(() => requestAnimationFrame(() => focusRow(row.seq)))),
  };
}

function Layer({ what, row: opened, anchor, chat, room, desk, onClose }) {
  const row = room.timeline.get(opened.seq) ?? opened;
  const chips = room.messages.reactions.chips(row);
  switch (what) {
    case 'menu': return html`<${MessageMenu} row=${row} deeds=${messageDeeds(row, room, chat.blocks)} chips=${chips} anchor=${anchor} desk=${desk} onClose=${onClose} />`;
    case 'pick': return html`<${EmojiPicker} anchor=${anchor} onPick=${(emoji) => desk.react(row, emoji, true)} onClose=${onClose} />`;
    case 'forward': return html`<${Forward} chat=${chat} room=${room} row=${row} onClose=${onClose} />`;
    case 'who': return html`<${WhoReacted} room=${room} row=${row} chips=${chips} onClose=${onClose} />`;
    case 'view': return html`<${Viewer} chat=${chat} rows=${room.timeline.list()} row=${row} id=${anchor} onClose=${onClose} />`;
    case 'earlier': return html`<${EarlierWords} room=${room} row=${row} onClose=${onClose} />`;
    case 'report': return html`<${Report} chat=${chat} room=${room} row=${row} onClose=${onClose} />`;
    default: return html`
      <${Confirm} title="Delete this message?" action="Delete" onConfirm=${() => desk.confirmDelete(row)} onClose=${onClose}>
        It disappears for everyone, and nothing of it is kept.
      </${Confirm}>`;
  }
}

/** What a row of messages needs to know of one of them, each the same until it changes. */
export function shownOf(row, room) {
  const { messages } = room;
  return { chips: messages.reactions.chips(row), quoted: quotedBy(row, room), pinned: !!row.pinnedAt && !row.deletedAt };
}

/** The row that this one answers: `missing` when it is not there for me, nothing while it is fetched. */
export function quotedBy({ replyTo }, room) {
  if (!replyTo) return undefined;
  const { row, missing } = room.messages.find(replyTo);
  return row ?? (missing ? 'missing' : undefined);
}

/** Arrow keys go from message to message; Enter or the menu key opens what one can do with it, Escape goes back to writing. */
export function messageKeys(desk, room) {
  return (event) => {
    const here = event.target;
    if (!here.matches?.('.message[data-seq]') || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...event.currentTarget.querySelectorAll('.message[data-seq]')];
    const to = { ArrowUp: all.indexOf(here) - 1, ArrowDown: all.indexOf(here) + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to]?.focus();
    } else if (event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const row = room.timeline.get(Number(here.dataset.seq));
      if (row) desk.menu(row, here.querySelector('.text')?.getBoundingClientRect() ?? here.getBoundingClientRect());
    } else if (event.key === 'Escape') {
      here.closest('.conversation, .side-panel')?.querySelector('.composer textarea')?.focus();
    }
  };
}
