import { uuid7 } from '../lib/uuid7.js';
import { whyNotWrite } from '../models/permissions.js';
import { RoomAvatar } from './avatar.js';
import { Dialog } from './dialog.js';
import { html, useAction, useRef, useState } from './preact.js';
import { brief } from './quote.js';

/** Takes a message to another room of mine. */
export function Forward({ chat, room, row, onClose }) {
  const [filter, setFilter] = useState('');
  // One id a target: pressing twice, or again after no answer, says it once.
  const ids = useRef(new Map());
  const { busy, problem, run } = useAction(async (target) => {
    if (!ids.current.has(target.id)) ids.current.set(target.id, uuid7());
    await room.messages.forward(row.seq, target.id, ids.current.get(target.id));
    chat.notify(`Forwarded to ${target.title}`);
    onClose();
  });
  const wanted = filter.trim().toLocaleLowerCase();
  const targets = chat.rooms.list().filter((one) => !whyNotWrite(one, chat.blocks) && one.title.toLocaleLowerCase().includes(wanted));
  return html`
    <${Dialog} title="Forward to…" testid="forward-dialog" onClose=${onClose}>
      <p class="quote plain"><bdi class="sender">${row.sender.displayName}</bdi><bdi class="said">${brief(row)}</bdi></p>
      <input type="search" data-testid="forward-filter" placeholder="Filter conversations" aria-label="Filter conversations" dir="auto" value=${filter}
        onInput=${(event) => setFilter(event.target.value)} />
      <ul class="choices tall" aria-label="My conversations" aria-busy=${busy}>
        ${targets.map((target) => html`
          <li key=${target.id}><button type="button" class="choice" data-testid="forward-target" disabled=${busy} onClick=${() => run(target)}>
            <${RoomAvatar} room=${target} size="small" /><span class="who"><bdi class="name">${target.title}</bdi></span></button></li>`)}
      </ul>
      ${!targets.length && html`<p class="hint centred">No conversation is called that.</p>`}
      ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
    </${Dialog}>`;
}
