import { clockTime, mediumDate } from '../lib/time.js';
import { Avatar } from './avatar.js';
import { CloseIcon } from './icons.js';
import { PinIcon } from './message-icons.js';
import { html, useAction, useEffect, useState } from './preact.js';
import { brief } from './quote.js';

/** Opens the list of pinned messages. */
export function PinsButton({ open, onOpen }) {
  return html`
    <button type="button" class="icon-button" data-testid="pins" title="Pinned messages" aria-label="Pinned messages" aria-expanded=${open} onClick=${onOpen}><${PinIcon} /></button>`;
}

/** What is pinned in the room, the newest pin first; a press goes there. */
export function PinsPanel({ chat, room, onJump, onClose }) {
  const [items, setItems] = useState(null);
  const { problem, run } = useAction(async () => setItems(await room.messages.pins()));
  useEffect(() => { run(); }, [room, chat.bus.state === 'online']);
  const pins = items && pinned(items, room.timeline);
  return html`
    <aside class="side-panel" data-testid="pins-panel" aria-label="Pinned messages">
      <header><h3>Pinned</h3>
        <button type="button" class="icon-button" aria-label="Close the pinned messages" onClick=${onClose}><${CloseIcon} /></button></header>
      ${problem && html`<p class="error" role="alert">${problem.message}</p>`}
      ${!items && !problem && html`<p class="hint centred" role="status">Loading…</p>`}
      ${pins?.length === 0 && html`<p class="hint centred">Nothing is pinned here yet. Pin a message from its menu to keep it at hand.</p>`}
      <ul class="pins">
        ${pins?.map((row) => html`
          <li key=${row.seq}><button type="button" class="pin" data-testid="pin" onClick=${() => onJump(row.seq)}>
            <${Avatar} user=${row.sender} size="small" />
            <span class="pin-text"><span class="line"><bdi class="name">${row.sender.displayName}</bdi><time datetime=${row.sentAt}>${mediumDate(row.sentAt)}, ${clockTime(row.sentAt)}</time></span>
              <span class="said" dir="auto">${brief(row)}</span></span></button></li>`)}
      </ul>
    </aside>`;
}

/** What was listed, and what has been pinned or unpinned since. */
function pinned(items, timeline) {
  const rows = new Map([...items, ...timeline.pinned()].map(({ seq }) => [seq, timeline.get(seq)]));
  for (const item of items) if (!rows.get(item.seq)) rows.set(item.seq, item);
  return [...rows.values()].filter((row) => row.pinnedAt && !row.deletedAt).sort((one, other) => (one.pinnedAt < other.pinnedAt ? 1 : -1));
}
