import { agoTime, mediumDate } from '../lib/time.js';
import { Dialog } from './dialog.js';
import { Field, Form, Select, Submit, useForm } from './form.js';
import { KeyIcon } from './icons.js';
import { html, useId, useState } from './preact.js';
import { Act, Badge, CopyButton, Group, Loading, Row } from './settings-parts.js';

const SCOPES = {
  read: 'Read: rooms, messages, people', write: 'Write: send messages, change rooms', admin: 'Administer: accounts and applications',
};
const LIVES = [['30', '30 days'], ['90', '90 days'], ['365', 'One year'], ['', 'Never']];

/** Keys by which programs act as me. */
export function ApiKeys({ chat, account }) {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState(null);
  return html`
    <${Group} title="API keys" testid="keys-group" about="For bots and scripts that act as you. A key cannot change your password or sign you in here.">
      <${Loading} load=${() => account.loadKeys()} ready=${account.keys}>
        <ul class="list">${account.keys?.map((key) => html`<${KeyRow} key=${key.id} apiKey=${key} chat=${chat} account=${account} />`)}</ul>
        <div class="buttons"><button type="button" class="quiet" data-testid="new-key" onClick=${() => setMaking(true)}>New key</button></div>
      </${Loading}>
      ${making && html`<${NewKey} account=${account} onClose=${() => setMaking(false)} onDone=${(key) => { setMaking(false); setMade(key); }} />`}
      ${made && html`<${KeyOnce} made=${made} onClose=${() => setMade(null)} />`}
    </${Group}>`;
}

function KeyRow({ apiKey: { id, name, scopes, createdAt, lastUsedAt, expiresAt }, chat, account }) {
  const over = expiresAt && Date.parse(expiresAt) < Date.now();
  return html`
    <${Row} icon=${KeyIcon} testid="api-key" action=${html`
      <${Act} testid="end-key" label="Revoke ${name}" onAct=${async () => { await account.endKey(id); chat.notify(`The key ${name} is revoked.`); }}
        question=${{ title: 'Revoke this key?', action: 'Revoke', text: `Whatever uses “${name}” stops working at once.` }}>Revoke</${Act}>`}>
      <p class="row-name"><bdi>${name}</bdi> ${scopes.map((scope) => html`<${Badge} key=${scope}>${scope}</${Badge}> `)}</p>
      <p class="hint">Made ${mediumDate(createdAt)} · ${lastUsedAt ? `used ${agoTime(lastUsedAt)}` : 'not used yet'}${
        expiresAt ? html` · <span class=${over ? 'error' : ''}>${over ? 'expired' : 'until'} ${mediumDate(expiresAt)}</span>` : ''}</p>
    </${Row}>`;
}

function NewKey({ account, onClose, onDone }) {
  const form = useForm({
    initial: { name: '', scopes: ['read'], expiresInDays: '90' },
    subjects: { name: 'The name', scopes: 'What it may do', expiresInDays: 'The time' },
    check: ({ name, scopes }) => ({
      name: name.trim() ? undefined : 'Please give it a name.', scopes: scopes.length ? undefined : 'Please choose at least one.',
    }),
    send: async ({ name, scopes, expiresInDays }) =>
      onDone(await account.makeKey({ name: name.trim(), scopes, expiresInDays: expiresInDays ? Number(expiresInDays) : undefined })),
  });
  return html`
    <${Dialog} title="New API key" testid="key-dialog" small onClose=${onClose}>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="make-key">Make key</${Submit}>
        </footer>`}>
        <${Field} form=${form} name="name" testid="key-name" label="Name" maxlength="64" focused autocomplete="off" placeholder="Weather bot" />
        <${Scopes} form=${form} admin=${account.me.user.role === 'admin'} />
        <${Select} form=${form} name="expiresInDays" testid="key-life" label="Works for" options=${LIVES} />
      </${Form}>
    </${Dialog}>`;
}

function Scopes({ form, admin }) {
  const id = useId();
  const { scopes } = form.values;
  const error = form.errors.scopes;
  const toggle = (scope) => form.put('scopes', scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  return html`
    <fieldset class="options" aria-describedby=${error ? `${id}-error` : undefined}>
      <legend>It may</legend>
      ${Object.entries(SCOPES).filter(([scope]) => scope !== 'admin' || admin).map(([scope, words], at) => html`
        <label key=${scope} class="option">
          <input type="checkbox" checked=${scopes.includes(scope)} data-testid="scope-${scope}" aria-invalid=${!!error && at === 0} onChange=${() => toggle(scope)} />
          <span>${words}</span></label>`)}
      ${error && html`<p class="error" id="${id}-error" role="alert" data-testid="scopes-error">${error}</p>`}
    </fieldset>`;
}

function KeyOnce({ made, onClose }) {
  return html`
    <${Dialog} title="Your new key" testid="key-made" small firm onClose=${onClose}>
      <p>This is “<bdi>${made.name}</bdi>”. Copy it now: <b>it is not shown again.</b></p>
      <p class="secret"><code data-testid="key-once">${made.key}</code></p>
      <div class="buttons"><${CopyButton} text=${made.key} testid="copy-key" /></div>
      <footer><button type="button" class="primary" data-testid="key-kept" onClick=${onClose}>I have kept it</button></footer>
    </${Dialog}>`;
}
