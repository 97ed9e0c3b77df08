import { lastOwn } from '../models/message-deeds.js';
import { whyNotWrite } from '../models/permissions.js';
import { inRoom } from '../models/search.js';
import { Composer, trayOf } from './composer.js';
import { useDesk } from './desk.js';
import { MembersPanel } from './members.js';
import { useFirstUnread } from './new-since.js';
import { PinsPanel } from './pins.js';
import { html, useEffect, useModels, useRef, useState } from './preact.js';
import { ReadOnly } from './read-only.js';
import { RoomHeader } from './room-header.js';
import { arrivedAt } from './route.js';
import { ScheduledHere, ScheduledPanel } from './scheduled.js';
import { ThreadPanel } from './thread.js';
import { Timeline } from './timeline.js';
import { TypingLine } from './typing.js';
import { useDrop } from './uploads.js';

/** The open room: header, conversation, what I write, and on demand its members, its pins or a thread beside it. */
export function RoomView({ chat, room, route, onSearch }) {
  useModels(room, chat.outbox, chat.bus, chat.blocks);
  const [panel, setPanel] = useState(null);
  const [thread, setThread] = useState(null);
  const [jump, setJump] = useState(null);
  const [problem, setProblem] = useState(null);
  const firstUnread = useFirstUnread(room);
  const why = whyNotWrite(room, chat.blocks);
  const load = () => room.open().then(() => setProblem(null), setProblem);
  useEffect(() => { load(); room.loadSeen().catch(() => {}); }, [room, chat.bus.state === 'online']);
  const jumpTo = async (seq) => {
    if (matchMedia('(max-width: 1000px)').matches) close();
    const found = await room.goTo(seq).catch((failure) => failure);
    if (found === true) setJump({ seq });
    else chat.notify(found ? `That message could not be loaded: ${found.message}` : 'That message is not here for you.');
  };
  const opener = useOpener();
  const close = () => { setPanel(null); setThread(null); opener.back(); };
  const show = (name) => { opener.keep(); setThread(null); setPanel(panel === name ? null : name); };
  const openThread = (seq) => { opener.keep(seq); setPanel(null); setThread(seq); };
  const { desk, editing, layer } = useDesk({ chat, room, within: '.timeline', onJump: jumpTo, onThread: openThread });
  useEffect(() => {
    if (!route?.seq) return;
    jumpTo(route.seq);
    arrivedAt(room.id);
  }, [route]);
  const drop = useDrop(why ? null : trayOf(chat, room));
  const editLast = () => {
    const row = lastOwn(room.timeline.list(), room);
    if (row) desk.edit(row);
    return !!row;
  };
  return html`
    <main class="room-view" aria-label=${room.title}>
      <${RoomHeader} chat=${chat} room=${room} panel=${panel} onPanel=${show} onSearch=${() => onSearch(inRoom(room))} />
      <div class="room-body">
        <div class="conversation" ...${drop.handlers}>
          ${drop.zone}
          <${Timeline} chat=${chat} room=${room} rows=${room.timeline.list()} pending=${waiting(chat, room)} desk=${desk} editing=${editing} jump=${jump}
            firstUnread=${firstUnread} complete=${room.timeline.window.complete} loaded=${room.timeline.loaded}
            problem=${problem} onLoad=${load} />
          <${TypingLine} room=${room} />
          <${ScheduledHere} chat=${chat} room=${room} open=${panel === 'scheduled'} onOpen=${() => show('scheduled')} />
          ${why ? html`<${ReadOnly} chat=${chat} room=${room} why=${why} />` : html`<${Composer} chat=${chat} room=${room} onEditLast=${editLast} />`}
        </div>
        ${panel === 'members' && html`<${MembersPanel} chat=${chat} room=${room} onClose=${close} />`}
        ${panel === 'pins' && html`<${PinsPanel} chat=${chat} room=${room} onJump=${jumpTo} onClose=${close} />`}
        ${panel === 'scheduled' && html`<${ScheduledPanel} chat=${chat} room=${room} onClose=${close} />`}
        ${thread && html`<${ThreadPanel} key=${thread} chat=${chat} room=${room} root=${thread} why=${why} onJump=${jumpTo} onThread=${openThread} onClose=${close} />`}
      </div>
      ${layer}
    </main>`;
}

/** What opened the panel has the focus again when the panel is closed and the focus went with it; a menu is gone by then, its message is not. */
function useOpener() {
  const kept = useRef();
  return {
    keep: (seq) => {
      const here = document.activeElement;
      kept.current = here?.closest('dialog') ? document.querySelector(`.timeline .message[data-seq="${seq}"]`) : here;
    },
    back: () => requestAnimationFrame(() => { if (document.activeElement === document.body) kept.current?.focus(); }),
  };
}

/** My messages that do not stand in the room yet. */
function waiting(chat, room) {
  return chat.outbox.ofRoom(room.id).filter(({ clientId }) => !room.timeline.has(clientId));
}
