import { plain } from '../lib/text.js';
import { comingTime, fullTime } from '../lib/time.js';
import { explain } from '../models/problems.js';
import { Confirm } from './confirm.js';
import { AlertIcon, BackIcon, ClockIcon, CloseIcon } from './icons.js';
import { html, useAction, useEffect, useModels, useRef, useState } from './preact.js';
import { brief } from './quote.js';
import { roomHref, SCHEDULED_HREF } from './route.js';
import { ScheduledDialog } from './scheduled-dialog.js';

const counted = (count) => (count === 1 ? '1 scheduled message' : `${count} scheduled messages`);

/** Leads to everything that I have scheduled, while there is something. */
export function ScheduledLink({ chat: { scheduled }, open }) {
  useModels(scheduled);
  const count = scheduled.list().length;
  if (!count && !open) return null;
  const { failures } = scheduled;
  const label = failures ? `${counted(count)}, ${failures} not sent` : counted(count);
  return html`
    <a class="icon-button ${failures ? 'called' : ''}" data-testid="scheduled" href=${SCHEDULED_HREF} title="Scheduled messages" aria-label=${label}
      aria-current=${open ? 'page' : undefined}><${ClockIcon} />${failures > 0 && html`<span class="call-count" aria-hidden="true">!</span>`}</a>`;
}

/** Above what I write: what of mine is to be said here later. */
export function ScheduledHere({ chat, room, open, onOpen }) {
  useModels(chat.scheduled);
  const items = chat.scheduled.list(room.id);
  if (!items.length) return null;
  const next = items.find(({ failed }) => !failed);
  return html`
    <p class="scheduled-here"><${ClockIcon} /><button type="button" class="link" data-testid="scheduled-here" aria-expanded=${open} onClick=${onOpen}>${counted(items.length)}</button>
      ${next && html`<span class="when">${items.length > 1 ? 'the next ' : ''}${comingTime(next.at)}</span>`}</p>`;
}

/** The list of one room, beside it. */
export function ScheduledPanel({ chat, room, onClose }) {
  useModels(chat.scheduled);
  return html`
    <aside class="side-panel" data-testid="scheduled-panel" aria-label="Scheduled messages of this room">
      <header><h3>Scheduled</h3>
        <button type="button" class="icon-button" data-testid="close-scheduled" aria-label="Close the scheduled messages" onClick=${onClose}><${CloseIcon} /></button></header>
      <${ScheduledList} chat=${chat} items=${chat.scheduled.list(room.id)} />
      <p><a href=${SCHEDULED_HREF}>All scheduled messages</a></p>
    </aside>`;
}

/** Everything that I have scheduled, over all rooms, the next first. */
export function ScheduledPage({ chat }) {
  const { scheduled } = chat;
  useModels(scheduled);
  const load = useAction(() => scheduled.load());
  useEffect(() => { if (!scheduled.loaded) load.run(); }, []);
  return html`
    <main class="room-view" aria-labelledby="scheduled-title" data-testid="scheduled-page">
      <header class="bar room-bar">
        <a class="icon-button back" href="#/" aria-label="Back to the conversations"><${BackIcon} /></a>
        <div class="who"><h2 id="scheduled-title">Scheduled messages</h2><p class="presence">What you will say later</p></div>
      </header>
      <div class="page-scroll">
        ${load.problem && html`<p class="error" role="alert">${explain(load.problem)} <button type="button" class="link" onClick=${() => load.run()}>Try again</button></p>`}
        ${!scheduled.loaded && !load.problem && html`<p class="hint centred" role="status">Loading…</p>`}
        ${scheduled.loaded && html`<${ScheduledList} chat=${chat} items=${scheduled.list()} ofAll />`}
      </div>
    </main>`;
}

function ScheduledList({ chat, items, ofAll }) {
  const list = useRef();
  // What the focus was on may have gone with its message.
  useEffect(() => { if (document.activeElement === document.body) list.current.focus(); }, [items.length]);
  return html`
    <div ref=${list} class="scheduled-list" tabindex="-1">
      ${!items.length && html`<div class="empty small"><${ClockIcon} /><p>Nothing waits to be sent. Write a message and choose “Send later” beside it.</p></div>`}
      <ul>${items.map((item) => html`<${ScheduledItem} key=${item.id} chat=${chat} item=${item} room=${chat.rooms.get(item.roomId)} ofAll=${ofAll} />`)}</ul>
    </div>`;
}

function ScheduledItem({ chat, item, room, ofAll }) {
  const [dialog, setDialog] = useState(null);
  const { busy, problem, run } = useAction((work) => work());
  const { scheduled } = chat;
  const close = () => setDialog(null);
  const place = room ? html`<a href=${roomHref(room.id)}><bdi>${plain(room.title)}</bdi></a>` : 'a room that you have left';
  const to = html`${item.threadOf ? 'thread in ' : ''}${place}`;
  const deed = (testid, label, work, danger) => html`
    <button type="button" class="quiet slim ${danger ? 'danger' : ''}" data-testid=${testid} aria-disabled=${busy} onClick=${() => !busy && work()}>${label}</button>`;
  return html`
    <li class="scheduled-item ${item.failed ? 'failed' : ''}" data-testid="scheduled-item" aria-label="${brief(item)}, ${comingTime(item.at)}">
      <p class="scheduled-when"><${item.failed ? AlertIcon : ClockIcon} /><time datetime=${item.at} title=${fullTime(item.at)}>${comingTime(item.at)}</time>${
        ofAll ? html`<span class="handle">to ${to}</span>` : item.threadOf && html`<span class="handle">in a thread</span>`}</p>
      <p class="scheduled-text" dir="auto">${brief(item)}</p>
      ${item.failed && html`<p class="error" data-testid="scheduled-failed">It could not be sent: ${item.failed}</p>`}
      ${problem && html`<p class="error" role="alert">${explain(problem)}</p>`}
      <div class="buttons">
        ${deed('scheduled-edit', 'Edit', () => setDialog('edit'))}
        ${deed('scheduled-send', 'Send now', () => run(() => scheduled.sendNow(item)))}
        ${deed('scheduled-cancel', 'Delete', () => setDialog('cancel'), true)}
      </div>
      ${dialog === 'edit' && html`
        <${ScheduledDialog} title="Scheduled message" action="Save" item=${item} onSend=${(wish) => scheduled.change(item.id, wish)} onClose=${close} />`}
      ${dialog === 'cancel' && html`
        <${Confirm} title="Delete this message?" action="Delete" onConfirm=${() => run(() => scheduled.cancel(item.id))} onClose=${close}>
          It has not been sent, and will not be.
        </${Confirm}>`}
    </li>`;
}
