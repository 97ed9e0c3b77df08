import { saveFile } from '../lib/save.js';
import { Dialog } from './dialog.js';
import { Field, Form, Submit, useForm } from './form.js';
import { html, useState } from './preact.js';
import { QrCode } from './qr-code.js';
import { Act, Badge, CopyButton, Group, Loading } from './settings-parts.js';

/** A code from an app besides the password, and the codes for the day the phone is gone. */
export function SecondFactor({ chat, account }) {
  const [setup, setSetup] = useState(null);
  const [codes, setCodes] = useState(null);
  const { factor } = account;
  const remove = async () => {
    await account.removeTotp();
    chat.notify('Signing in asks for no code any more.');
  };
  return html`
    <${Group} title="Second factor" testid="factor-group"
      about="A code from an authenticator app, asked for after your password. Who only has your password stays outside.">
      <${Loading} load=${() => account.loadFactor()} ready=${factor}>
        ${factor?.totp ? html`
          <p class="state"><${Badge} kind="good">On</${Badge}> <span data-testid="recovery-left" class=${factor.recoveryCodes < 3 ? 'warn' : 'hint'}>${left(factor.recoveryCodes)}</span></p>
          <div class="buttons">
            <${Act} testid="new-codes" onAct=${async () => setCodes(await account.newRecoveryCodes())} question=${{
              title: 'Make new recovery codes?', action: 'Make new codes', text: 'The ones you have stop working.',
            }}>New recovery codes</${Act}>
            <${Act} testid="totp-off" onAct=${remove} question=${{
              title: 'Turn the second factor off?', action: 'Turn off', text: 'From then on your password alone opens your account.',
            }}>Turn off</${Act}>
          </div>` : html`
          <p class="state"><${Badge}>Off</${Badge}></p>
          <div class="buttons"><${Act} primary testid="totp-on" onAct=${async () => setSetup(await account.beginTotp())}>Set up</${Act}></div>`}
      </${Loading}>
      ${setup && html`<${SetUp} setup=${setup} account=${account} onClose=${() => setSetup(null)}
        onDone=${(made) => { setSetup(null); setCodes(made); }} />`}
      ${codes && html`<${RecoveryCodes} codes=${codes} user=${account.me.user} onClose=${() => setCodes(null)} />`}
    </${Group}>`;
}

function left(count) {
  if (!count) return 'No recovery codes are left. Make new ones before you need them.';
  return count === 1 ? 'One recovery code is left.' : `${count} recovery codes are left.`;
}

/** Shows the secret to the app, and wants a code back: only then does it count. */
function SetUp({ setup, account, onClose, onDone }) {
  const form = useForm({
    initial: { code: '' }, subjects: { code: 'The code' },
    check: ({ code }) => ({ code: /^\d{6}$/.test(bare(code)) ? undefined : 'Please enter the 6 digits of the app.' }),
    send: async ({ code }) => onDone(await account.confirmTotp(bare(code))),
  });
  return html`
    <${Dialog} title="Set up the second factor" testid="totp-dialog" firm onClose=${onClose}>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="totp-confirm">Turn on</${Submit}>
        </footer>`}>
        <p>Scan this with your authenticator app:</p>
        <${QrCode} text=${setup.uri} label="The secret as a QR code" />
        <details class="by-hand"><summary>Or type it by hand</summary>
          <p class="secret"><code data-testid="totp-secret">${grouped(setup.secret)}</code></p>
          <${CopyButton} text=${setup.secret} />
        </details>
        <${Field} form=${form} name="code" testid="totp-code" label="Code from the app" inputmode="numeric" autocomplete="one-time-code" maxlength="10"
          hint="6 digits, a new one every 30 seconds" />
      </${Form}>
    </${Dialog}>`;
}

const bare = (code) => code.replace(/\s/g, '');
const grouped = (secret) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** Shown once: the server keeps nothing that could show them again. */
function RecoveryCodes({ codes, user, onClose }) {
  const text = codes.join('\n');
  const file = () => saveFile(new Blob([`Recovery codes of ${user.username}. Each works once.\n\n${text}\n`], { type: 'text/plain' }),
    `parley-recovery-codes-${user.username}.txt`);
  return html`
    <${Dialog} title="Your recovery codes" testid="codes-dialog" small firm onClose=${onClose}>
      <p>Each of these opens your account once when your app is not at hand. Keep them somewhere safe: <b>they are not shown again.</b></p>
      <ol class="codes">${codes.map((code) => html`<li key=${code}><code data-testid="recovery-code">${code}</code></li>`)}</ol>
      <div class="buttons">
        <${CopyButton} text=${text} testid="copy-codes" />
        <button type="button" class="quiet" data-testid="save-codes" onClick=${file}>Download</button>
      </div>
      <footer><button type="button" class="primary" data-testid="codes-kept" onClick=${onClose}>I have kept them</button></footer>
    </${Dialog}>`;
}
