import { Dialog } from './dialog.js';
import { Field, Form, Select, Submit, useForm } from './form.js';
import { html, useId, useState } from './preact.js';
import { RoomPicture } from './room-picture.js';
import { Act } from './settings-parts.js';

const KINDS = [['group', 'Only people who are added or invited'], ['public', 'Everyone: the room is listed']];
const POSTING = [['members', 'All members'], ['moderators', 'Only moderators and owners']];
const HISTORY = [['all', 'Everything that was said before'], ['joined', 'Only what is said after they came']];

/** What the room is called, shows and allows: moderators describe it, owners set it up. */
export function RoomSettings({ chat, room, onClose }) {
  const setUp = room.may('setUp');
  return html`
    <${Dialog} title="Room settings" testid="room-settings" onClose=${onClose}>
      <${RoomPicture} chat=${chat} room=${room} />
      <${About} chat=${chat} room=${room} setUp=${setUp} onClose=${onClose} />
      ${setUp && html`<${Ending} chat=${chat} room=${room} onClose=${onClose} />`}
    </${Dialog}>`;
}

function About({ chat, room, setUp, onClose }) {
  const initial = { name: room.name ?? '', topic: room.topic ?? '', kind: room.kind, posting: room.posting ?? 'members', history: room.history ?? 'all' };
  const form = useForm({
    initial, subjects: { name: 'The name', topic: 'The topic' },
    check: ({ name }) => ({ name: name.trim() ? undefined : 'Please give it a name.' }),
    send: async (values) => {
      const changed = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.trim()]).filter(([key, value]) => value !== initial[key]));
      if (Object.keys(changed).length) await chat.admin.change(room, changed);
      onClose();
    },
  });
  return html`
    <${Form} form=${form} data-testid="room-form" buttons=${html`
      <div class="buttons">
        <${Submit} form=${form} testid="save-room">Save</${Submit}>
        <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
      </div>`}>
      <${Field} form=${form} name="name" testid="edit-name" label="Name" maxlength="80" autocomplete="off" autocapitalize="sentences" />
      <${Field} form=${form} name="topic" testid="edit-topic" label="Topic" optional maxlength="500" autocomplete="off" autocapitalize="sentences" hint="What it is about, in a line below the name" />
      ${setUp && html`
        <${Select} form=${form} name="kind" testid="edit-kind" label="Who can come in" options=${KINDS} />
        <${Select} form=${form} name="posting" testid="edit-posting" label="Who writes" options=${POSTING} />
        <${Select} form=${form} name="history" testid="edit-history" label="What new members see" options=${HISTORY} />`}
    </${Form}>`;
}

function Ending({ chat, room, onClose }) {
  const [deleting, setDeleting] = useState(false);
  const id = useId();
  return html`
    <section class="ending" aria-labelledby=${id}>
      <h3 id=${id}>Ending</h3>
      <p class="hint">${room.archivedAt ? 'The room is archived: everybody can read it, and nobody writes.' : 'An archived room can be read, and nobody writes in it. It can be opened again.'}</p>
      <div class="buttons">
        <${Act} testid="archive-room" onAct=${() => chat.admin.change(room, { archived: !room.archivedAt })}>${room.archivedAt ? 'Open it again' : 'Archive the room'}</${Act}>
        <button type="button" class="quiet danger" data-testid="delete-room" onClick=${() => setDeleting(true)}>Delete the room…</button>
      </div>
      ${deleting && html`<${DeleteRoom} chat=${chat} room=${room} onClose=${() => setDeleting(false)} onDone=${onClose} />`}
    </section>`;
}

function DeleteRoom({ chat, room, onClose, onDone }) {
  const form = useForm({
    initial: { name: '' },
    check: ({ name }) => ({ name: name.trim() === room.name.trim() ? undefined : `Please enter “${room.name}”.` }),
    send: async () => { await chat.deleteRoom(room); onDone(); },
  });
  return html`
    <${Dialog} title="Delete this room?" testid="delete-room-dialog" small onClose=${onClose}>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="delete-room-confirm" danger>Delete for everybody</${Submit}>
        </footer>`}>
        <p>Everything that was said in <bdi><b>${room.name}</b></bdi> is deleted for all its ${room.memberCount} members. There is no way back.</p>
        <${Field} form=${form} name="name" testid="delete-room-name" label="The room's name" autocomplete="off" hint="So that this does not happen by accident" focused />
      </${Form}>
    </${Dialog}>`;
}
