import { passkeysWork, usePasskey, whyNot } from '../lib/passkeys.js';
import { explain } from '../models/problems.js';
import { Dialog } from './dialog.js';
import { Field, Form, PasswordField, Submit, useForm } from './form.js';
import { PasskeyIcon } from './icons.js';
import { html, useAction, useEffect, useModels } from './preact.js';

const WHY = 'This changes what keeps your account safe, and you signed in a while ago.';

/** "Confirm it's you", before what keeps the account is changed. The request that asked for it goes on by itself. */
export function ConfirmIdentity({ confirmation, account, why = WHY }) {
  useModels(account);
  useEffect(() => { if (account && !account.factor) account.loadFactor().catch(() => {}); }, [account]);
  const byPassword = account?.me?.hasPassword !== false;
  const byPasskey = account?.api.atHome && passkeysWork() && account.factor?.passkeys?.length > 0;
  const byCode = !byPassword && account?.factor?.totp;
  return html`
    <${Dialog} title="Confirm it’s you" testid="confirm-identity" small onClose=${() => confirmation.giveUp()}>
      <p class="hint">${why}</p>
      ${byPassword && html`<${ByPassword} confirmation=${confirmation} />`}
      ${byCode && html`<${ByCode} confirmation=${confirmation} />`}
      ${byPasskey && html`<${ByPasskey} confirmation=${confirmation} alone=${!byPassword && !byCode} />`}
      ${!byPassword && !byCode && !byPasskey && html`
        <p>Your account has no password. Sign out and in again, then you have ten minutes for this.</p>
        <footer><button type="button" class="quiet" onClick=${() => confirmation.giveUp()}>Close</button></footer>`}
    </${Dialog}>`;
}

function ByPassword({ confirmation }) {
  const form = useForm({
    initial: { current: '' }, subjects: { current: 'This' },
    check: ({ current }) => ({ current: current ? undefined : 'Please enter your password.' }),
    send: ({ current }) => confirmation.withPassword(current),
  });
  return html`
    <${Proof} form=${form} confirmation=${confirmation}>
      <${PasswordField} form=${form} name="current" testid="confirm-password" label="Your password" focused />
    </${Proof}>`;
}

function ByCode({ confirmation }) {
  const form = useForm({
    initial: { code: '' }, subjects: { code: 'The code' },
    check: ({ code }) => ({ code: code.trim() ? undefined : 'Please enter the code.' }),
    send: ({ code }) => confirmation.withCode(code.trim()),
  });
  return html`
    <${Proof} form=${form} confirmation=${confirmation}>
      <${Field} form=${form} name="code" testid="confirm-code" label="Code from your authenticator app" autocomplete="one-time-code" maxlength="64" focused />
    </${Proof}>`;
}

function Proof({ form, confirmation, children }) {
  return html`
    <${Form} form=${form} buttons=${html`
      <footer>
        <button type="button" class="quiet" onClick=${() => confirmation.giveUp()}>Cancel</button>
        <${Submit} form=${form} testid="confirm-identity-submit">Confirm</${Submit}>
      </footer>`}>${children}</${Form}>`;
}

function ByPasskey({ confirmation, alone }) {
  const { busy, problem, run } = useAction(() => confirmation.withPasskey(usePasskey));
  return html`
    ${!alone && html`<p class="or"><span>or</span></p>`}
    <button type="button" class="${alone ? 'primary' : 'quiet'} wide with-icon" data-testid="confirm-passkey" disabled=${busy} onClick=${() => run()}>
      <${PasskeyIcon} />Use a passkey</button>
    ${problem && html`<p class="error" role="alert">${whyNot(problem) || explain(problem)}</p>`}`;
}
