import { explain } from '../models/problems.js';
import { mediumDate } from '../lib/time.js';
import { Avatar } from './avatar.js';
import { html, useAction, useEffect, useState } from './preact.js';
import { Act } from './settings-parts.js';

/** Who was banned from the room, on demand; whoever may ban may lift it. */
export function Bans({ chat, room }) {
  const [open, setOpen] = useState(false);
  const [items, setItems] = useState(null);
  const load = useAction(async () => setItems(await chat.admin.bans(room)));
  const newest = room.lines.list().findLast(({ kind }) => kind === 'banned')?.version;
  useEffect(() => { if (open) load.run(); }, [open, newest]);
  const lift = async (userId) => {
    await chat.admin.unban(room, userId);
    await load.run();
  };
  return html`
    <details class="bans" data-testid="bans" onToggle=${(event) => setOpen(event.target.open)}>
      <summary>Banned people${items ? html` <span class="count">${items.length}</span>` : ''}</summary>
      ${load.problem && html`<p class="error" role="alert">${explain(load.problem)}</p>`}
      ${!items && !load.problem && html`<p class="hint centred" role="status">Loading…</p>`}
      ${items && !items.length && html`<p class="hint">Nobody is banned.</p>`}
      <ul>${items?.map(({ user, by, at }) => html`
        <li key=${user.id} class="member-row" data-testid="banned">
          <${Avatar} user=${user} size="small" />
          <span class="who"><bdi class="name">${user.displayName}</bdi><span class="handle">${mediumDate(at)}${by && html` by <bdi>${by.displayName}</bdi>`}</span></span>
          <${Act} testid="unban" label="Lift the ban of ${user.displayName}" onAct=${() => lift(user.id)}>Lift</${Act}>
        </li>`)}</ul>
    </details>`;
}
