import { whyNotWrite } from '../models/permissions.js';
import { Composer } from './composer.js';
import { MembersPanel } from './members.js';
import { useFirstUnread } from './new-since.js';
import { html, useEffect, useModels, useState } from './preact.js';
import { ReadOnly } from './read-only.js';
import { RoomHeader } from './room-header.js';
import { Timeline } from './timeline.js';
import { TypingLine } from './typing.js';

/** The open room: header, conversation, what I write, and on demand its members. */
export function RoomView({ chat, room }) {
  useModels(room, chat.outbox, chat.bus, chat.blocks);
  const [panel, setPanel] = useState(false);
  const [problem, setProblem] = useState(null);
  const firstUnread = useFirstUnread(room);
  const why = whyNotWrite(room, chat.blocks);
  const load = () => room.open().then(() => setProblem(null), setProblem);
  useEffect(() => { load(); room.loadSeen().catch(() => {}); }, [room, chat.bus.state === 'online']);
  return html`
    <main class="room-view" aria-label=${room.title}>
      <${RoomHeader} chat=${chat} room=${room} panel=${panel} onPanel=${() => setPanel(!panel)} />
      <div class="room-body">
        <div class="conversation">
          <${Timeline} chat=${chat} room=${room} rows=${room.timeline.list()} pending=${waiting(chat, room)}
            firstUnread=${firstUnread} complete=${room.timeline.complete} loaded=${room.timeline.loaded}
            problem=${problem} onLoad=${load} />
          <${TypingLine} room=${room} />
          ${why ? html`<${ReadOnly} chat=${chat} room=${room} why=${why} />` : html`<${Composer} chat=${chat} room=${room} />`}
        </div>
        ${panel && html`<${MembersPanel} chat=${chat} room=${room} onClose=${() => setPanel(false)} />`}
      </div>
    </main>`;
}

/** My messages that do not stand in the room yet. */
function waiting(chat, room) {
  return chat.outbox.ofRoom(room.id).filter(({ clientId }) => !room.timeline.has(clientId));
}
