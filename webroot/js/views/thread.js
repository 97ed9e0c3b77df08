import { Composer, trayOf } from './composer.js';
import { messageKeys, quotedBy, shownOf, useDesk } from './desk.js';
import { CloseIcon } from './icons.js';
import { Message, PendingMessage } from './message.js';
import { html, useAction, useEffect, useLayoutEffect, useRef } from './preact.js';
import { continues } from './timeline.js';
import { useDrop } from './uploads.js';

const AT_BOTTOM = 60;

/** A message with everything that was said in its thread, and a composer of its own. */
export function ThreadPanel({ chat, room, root, why, onJump, onThread, onClose }) {
  const thread = room.messages.thread(root);
  const { row, missing } = room.messages.find(root);
  const load = useAction(() => thread.open());
  const older = useAction(() => thread.loadOlder());
  const { desk, editing, layer } = useDesk({ chat, room, target: thread, within: '.thread', onJump, onThread });
  const rows = thread.list();
  const pending = chat.outbox.ofRoom(room.id).filter((entry) => entry.threadOf === root && !room.timeline.has(entry.clientId));
  const scroller = useBottom(rows.length + pending.length);
  useEffect(() => { load.run(); }, [root, thread.loaded, chat.bus.state === 'online']);
  const writes = !why && !missing && !row?.deletedAt;
  const drop = useDrop(writes ? trayOf(chat, room, root) : null);
  const problem = load.problem ?? older.problem;
  const stop = rows.at(-1)?.seq ?? root;
  return html`
    <aside class="side-panel thread" data-testid="thread" aria-label="Thread" ...${drop.handlers}>
      ${drop.zone}
      <header><h3>Thread</h3>
        <button type="button" class="icon-button" data-testid="close-thread" aria-label="Close the thread" onClick=${onClose}><${CloseIcon} /></button></header>
      <div class="thread-messages" ref=${scroller} role="log" aria-live="off" aria-label="Messages in this thread" aria-busy=${!thread.loaded}>
        <ol class="messages" onKeyDown=${messageKeys(desk, room)}>
          ${row ? html`<${Message} key="root" row=${row} first mine=${row.sender.id === chat.me.id} desk=${desk} stop=${stop === root} editing=${editing === root} inThread ...${shownOf(row, room)} />`
            : html`<li class="edge">${missing ? 'The message that began this is not here for you.' : 'Loading…'}</li>`}
          ${row?.thread && html`<li class="day thread-count"><span>${row.thread.replies} ${row.thread.replies === 1 ? 'reply' : 'replies'}</span></li>`}
          ${thread.loaded && !thread.complete && html`
            <li class="edge"><button type="button" class="link" data-testid="older-replies" disabled=${older.busy} onClick=${() => older.run()}>Show earlier replies</button></li>`}
          ${rows.map((one, at) => html`
            <${Message} key=${one.seq} row=${one} first=${!continues(rows[at - 1], one)} mine=${one.sender.id === chat.me.id} desk=${desk}
              stop=${one.seq === stop} editing=${editing === one.seq} inThread ...${shownOf(one, room)} />`)}
          ${pending.map((entry) => html`
            <${PendingMessage} key=${entry.clientId} entry=${entry} me=${chat.me} first desk=${desk} inThread quoted=${quotedBy(entry, room)}
              onRetry=${({ clientId }) => chat.outbox.retry(clientId)} onDiscard=${({ clientId }) => chat.outbox.discard(clientId)} />`)}
        </ol>
        ${problem && html`<p class="edge" role="alert">${problem.message} <button type="button" class="link" onClick=${() => load.run()}>Try again</button></p>`}
      </div>
      ${writes && html`<${Composer} key=${root} chat=${chat} room=${room} target=${thread} threadOf=${root} testid="thread-composer" label="Reply in the thread" />`}
      ${layer}
    </aside>`;
}

/** Stays at the bottom while one is there. */
function useBottom(length) {
  const scroller = useRef();
  const there = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    const look = () => { there.current = element.scrollHeight - element.clientHeight - element.scrollTop < AT_BOTTOM; };
    element.addEventListener('scroll', look);
    return () => element.removeEventListener('scroll', look);
  }, []);
  useLayoutEffect(() => { if (there.current) scroller.current.scrollTop = scroller.current.scrollHeight; }, [length]);
  return scroller;
}
