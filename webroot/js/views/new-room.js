import { sentence } from '../lib/text.js';
import { CloseIcon } from './icons.js';
import { Dialog } from './dialog.js';
import { PeoplePicker } from './people-picker.js';
import { html, useAction, useState } from './preact.js';

const KINDS = [
  { kind: 'direct', label: 'Direct', about: 'Just you and one other person.' },
  { kind: 'group', label: 'Group', about: 'By invitation: only the people you add.' },
  { kind: 'public', label: 'Public', about: 'Listed in the directory; everyone here can join.' },
];

/** Starts a conversation: one person, a group, or a public room. */
export function NewRoom({ chat, onClose, onDone }) {
  const [kind, setKind] = useState('direct');
  const { busy, problem, run, reset } = useAction(async (room) => onDone(await chat.create(room)));
  const choose = (next) => { setKind(next); reset(); };
  return html`
    <${Dialog} title="New conversation" testid="new-room-dialog" onClose=${onClose}>
      <div class="tabs" role="radiogroup" aria-label="Kind of conversation">
        ${KINDS.map((one) => html`
          <button type="button" role="radio" key=${one.kind} data-testid="kind-${one.kind}" aria-checked=${kind === one.kind}
            onClick=${() => choose(one.kind)}>${one.label}</button>`)}
      </div>
      <p class="hint">${KINDS.find((one) => one.kind === kind).about}</p>
      ${kind === 'direct'
        ? html`<${PeoplePicker} chat=${chat} label="Who do you want to write to?"
            onPick=${(user) => busy || run({ kind, members: [user.id] })} />`
        : html`<${NamedRoom} key=${kind} chat=${chat} kind=${kind} busy=${busy} problem=${problem} onSubmit=${run} />`}
      ${problem && !problem.field('name') && html`<p class="error" role="alert">${problem.message}</p>`}
    </${Dialog}>`;
}

function NamedRoom({ chat, kind, busy, problem, onSubmit }) {
  const [name, setName] = useState('');
  const [members, setMembers] = useState([]);
  const [missing, setMissing] = useState(false);
  const toggle = (user) => setMembers((now) =>
    now.some(({ id }) => id === user.id) ? now.filter(({ id }) => id !== user.id) : [...now, user]);
  const submit = (event) => {
    event.preventDefault();
    setMissing(!name.trim());
    if (name.trim() && !busy) onSubmit({ kind, name: name.trim(), members: members.map(({ id }) => id) });
  };
  const error = missing ? 'Please give it a name.' : nameProblem(problem);
  return html`
    <form novalidate onSubmit=${submit}>
      <div class="field">
        <label for="room-name">Name</label>
        <input id="room-name" data-testid="room-name" dir="auto" maxlength="80" autocomplete="off" value=${name}
          aria-invalid=${!!error} aria-describedby=${error ? 'room-name-error' : undefined}
          onInput=${(event) => { setName(event.target.value); setMissing(false); }} />
        ${error && html`<p class="error" id="room-name-error" role="alert">${error}</p>`}
      </div>
      ${members.length > 0 && html`
        <ul class="chips" aria-label="People chosen">
          ${members.map((user) => html`
            <li key=${user.id}><button type="button" class="chip" aria-label="Take out ${user.displayName}"
              onClick=${() => toggle(user)}><bdi>${user.displayName}</bdi><${CloseIcon} /></button></li>`)}
        </ul>`}
      <${PeoplePicker} chat=${chat} label="Add people" picked=${members} onPick=${toggle} />
      <footer>
        <button type="submit" class="primary" data-testid="create-room" disabled=${busy}>
          ${busy ? 'One moment…' : kind === 'group' ? 'Create group' : 'Create public room'}
        </button>
      </footer>
    </form>`;
}

const nameProblem = (problem) => sentence('The name', problem?.field('name'));
