import { agoTime, mediumDate } from '../lib/time.js';
import { createPasskey, passkeysWork, whyNot } from '../lib/passkeys.js';
import { Problem } from '../lib/api.js';
import { agentName } from '../models/agent.js';
import { Dialog } from './dialog.js';
import { Field, Form, Submit, useForm } from './form.js';
import { PasskeyIcon } from './icons.js';
import { html, useState } from './preact.js';
import { Act, Group, Loading, Row } from './settings-parts.js';

/** Signing in by a finger, a face or a key, without a password to steal. */
export function Passkeys({ chat, account }) {
  const [adding, setAdding] = useState(false);
  const passkeys = account.factor?.passkeys ?? [];
  return html`
    <${Group} title="Passkeys" testid="passkeys-group" about="Sign in with your finger, your face or a security key instead of a password.">
      <${Loading} load=${() => account.loadFactor()} ready=${account.factor}>
        <ul class="list">${passkeys.map((passkey) => html`<${PasskeyRow} key=${passkey.id} passkey=${passkey} chat=${chat} account=${account} />`)}</ul>
        ${passkeysWork() ? html`<div class="buttons"><button type="button" class="quiet" data-testid="add-passkey" onClick=${() => setAdding(true)}>Add a passkey</button></div>`
          : html`<p class="hint">This browser cannot make passkeys here: they need https, and a name in the address.</p>`}
      </${Loading}>
      ${adding && html`<${AddPasskey} account=${account} onClose=${() => setAdding(false)}
        onDone=${() => { setAdding(false); chat.notify('Your passkey works from now on.'); }} />`}
    </${Group}>`;
}

function PasskeyRow({ passkey: { id, name, createdAt, lastUsedAt }, chat, account }) {
  return html`
    <${Row} icon=${PasskeyIcon} testid="passkey" action=${html`
      <${Act} testid="remove-passkey" label="Remove ${name}" onAct=${async () => { await account.removePasskey(id); chat.notify(`The passkey ${name} is gone.`); }}
        question=${{ title: 'Remove this passkey?', action: 'Remove', text: `“${name}” can no longer be used to sign in.` }}>Remove</${Act}>`}>
      <p class="row-name"><bdi>${name}</bdi></p>
      <p class="hint">Added ${mediumDate(createdAt)} · ${lastUsedAt ? `used ${agoTime(lastUsedAt)}` : 'not used yet'}</p>
    </${Row}>`;
}

function AddPasskey({ account, onClose, onDone }) {
  const create = (options) => createPasskey(options).catch((problem) => {
    throw whyNot(problem) ? new Problem({ status: 400, title: whyNot(problem) }) : problem;
  });
  const form = useForm({
    initial: { name: agentName(navigator.userAgent) }, subjects: { name: 'The name' },
    check: ({ name }) => ({ name: name.trim() ? undefined : 'Please give it a name.' }),
    send: async ({ name }) => {
      await account.addPasskey(name.trim(), create);
      onDone();
    },
  });
  return html`
    <${Dialog} title="Add a passkey" testid="passkey-dialog" small onClose=${onClose}>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="make-passkey">Go on</${Submit}>
        </footer>`}>
        <${Field} form=${form} name="name" testid="passkey-name" label="Name" maxlength="64" focused hint="So that you know it again. Then your browser asks for finger, face or key." />
      </${Form}>
    </${Dialog}>`;
}
