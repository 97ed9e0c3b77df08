import { agoTime, mediumTime } from '../lib/time.js';
import { explain } from '../models/problems.js';
import { Dialog } from './dialog.js';
import { Form, Select, Submit, useForm } from './form.js';
import { LinkIcon } from './icons.js';
import { html, useEffect, useAction, useState } from './preact.js';
import { Act, CopyButton, Row } from './settings-parts.js';

const LIVES = [['1', 'One hour'], ['24', 'One day'], ['168', 'One week'], ['720', 'Thirty days']];
const USES = [['', 'Any number of people'], ['1', 'One person'], ['10', 'Ten people'], ['100', 'A hundred people']];

/** Links that let people in: make one, give it away, take it back. */
export function Invites({ chat, room, onClose }) {
  const [items, setItems] = useState(null);
  const [made, setMade] = useState(null);
  const load = useAction(async () => setItems(await chat.admin.invites(room)));
  useEffect(() => { load.run(); }, []);
  const form = useForm({
    initial: { hours: '168', uses: '' },
    send: async ({ hours, uses }) => {
      setMade(await chat.admin.invite(room, { expiresInHours: Number(hours), maxUses: uses ? Number(uses) : undefined }));
      await load.run();
    },
  });
  const revoke = async (id) => {
    await chat.admin.revoke(room, id).catch((problem) => { if (problem.status !== 404) throw problem; });
    if (made?.id === id) setMade(null);
    await load.run();
  };
  return html`
    <${Dialog} title="Invite people" testid="invites-dialog" onClose=${onClose}>
      <p class="hint">Whoever opens the link while signed in can join <bdi>${room.title}</bdi>.</p>
      <${Form} form=${form} class="invite-form" buttons=${html`<${Submit} form=${form} testid="make-invite">Make a link</${Submit}>`}>
        <div class="two">
          <${Select} form=${form} name="hours" testid="invite-hours" label="Good for" options=${LIVES} />
          <${Select} form=${form} name="uses" testid="invite-uses" label="For" options=${USES} />
        </div>
      </${Form}>
      ${made && html`
        <div class="note made" role="status" data-testid="made-invite">
          <p>Copy it now: it is not shown again.</p>
          <code class="secret" data-testid="invite-url">${made.url}</code>
          <div class="buttons"><${CopyButton} text=${made.url} testid="copy-invite">Copy the link</${CopyButton}></div>
        </div>`}
      ${load.problem && html`<p class="error" role="alert">${explain(load.problem)}</p>`}
      ${items?.length > 0 && html`
        <section aria-labelledby="invites-live">
          <h3 id="invites-live">Links that are good</h3>
          <ul class="list">${items.map((invite) => html`<${Invite} key=${invite.id} invite=${invite} onRevoke=${() => revoke(invite.id)} />`)}</ul>
        </section>`}
    </${Dialog}>`;
}

function Invite({ invite: { createdBy, createdAt, expiresAt, uses, maxUses }, onRevoke }) {
  return html`
    <${Row} icon=${LinkIcon} testid="invite" action=${html`<${Act} testid="revoke-invite" label="Take back the link of ${createdBy.displayName}" danger onAct=${onRevoke}>Take back</${Act}>`}>
      <bdi class="row-name">${createdBy.displayName}</bdi>
      <p class="hint">Made ${agoTime(createdAt)}</p>
      <p class="hint">${maxUses ? `${uses} of ${maxUses} used` : uses ? `Used ${uses === 1 ? 'once' : `${uses} times`}` : 'Not used yet'} · until ${mediumTime(expiresAt)}</p>
    </${Row}>`;
}
