import { saveFile } from '../lib/save.js';
import { checkEmail } from './auth-form.js';
import { Dialog } from './dialog.js';
import { Field, Form, PasswordField, Submit, useForm } from './form.js';
import { html, useState } from './preact.js';
import { Act, Badge, Group } from './settings-parts.js';

/** Address, data, and leaving. */
export function AccountSettings({ chat, account }) {
  return html`
    <${Email} chat=${chat} account=${account} />
    <${MyData} chat=${chat} account=${account} />
    <${Leaving} account=${account} />`;
}

function Email({ chat, account }) {
  const { email, emailVerified, pendingEmail } = account.me;
  const [changing, setChanging] = useState(false);
  const again = async () => {
    await account.verifyEmail();
    chat.notify('The letter is on its way.');
  };
  return html`
    <${Group} title="E-mail" testid="email-group" about="For letters about your account, such as a forgotten password. Others do not see it.">
      <p class="state">${email ? html`<bdi class="row-name" data-testid="email">${email}</bdi> <${Badge} kind=${emailVerified ? 'good' : 'warn'}>${
        emailVerified ? 'Confirmed' : 'Not confirmed'}</${Badge}>` : html`<span class="hint">No address yet. Without one a forgotten password cannot be reset.</span>`}</p>
      ${pendingEmail && html`<p class="note" data-testid="pending-email">Open the letter that was sent to <bdi><b>${pendingEmail}</b></bdi>; until then nothing changes.</p>`}
      ${changing ? html`<${ChangeEmail} chat=${chat} account=${account} onClose=${() => setChanging(false)} />` : html`
        <div class="buttons">
          <button type="button" class="quiet" data-testid="change-email" onClick=${() => setChanging(true)}>${email ? 'Change address' : 'Add an address'}</button>
          ${(pendingEmail || (email && !emailVerified)) && html`<${Act} testid="verify-email" onAct=${again}>Send the letter again</${Act}>`}
        </div>`}
    </${Group}>`;
}

function ChangeEmail({ chat, account, onClose }) {
  const { hasPassword = true } = account.me;
  const form = useForm({
    initial: { email: '', current: '' }, subjects: { email: 'The address', current: 'This' },
    check: ({ email, current }) => ({
      email: checkEmail(email), current: hasPassword && !current ? 'Please enter your password.' : undefined,
    }),
    send: async ({ email, current }) => {
      await account.changeEmail(current, email.trim());
      chat.notify('A letter is on its way to the new address.');
      onClose();
    },
  });
  return html`
    <${Form} form=${form} class="settings-form" data-testid="email-form" buttons=${html`
      <div class="buttons">
        <${Submit} form=${form} testid="send-email">Send a letter there</${Submit}>
        <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
      </div>`}>
      <${Field} form=${form} name="email" testid="new-email" label="New address" type="email" autocomplete="email" maxlength="254" focused />
      ${hasPassword && html`<${PasswordField} form=${form} name="current" testid="email-password" label="Your password" />`}
    </${Form}>`;
}

function MyData({ chat, account }) {
  const download = async () => {
    saveFile(await account.export(), `parley-${account.me.user.username}.zip`);
    chat.notify('Your data is downloaded.');
  };
  return html`
    <${Group} title="Your data" testid="export-group" about="Everything this server has of you: your profile, your rooms and what you wrote, as a zip file.">
      <div class="buttons"><${Act} testid="export" onAct=${download}>Download my data</${Act}></div>
    </${Group}>`;
}

function Leaving({ account }) {
  const [asking, setAsking] = useState(false);
  return html`
    <${Group} title="Delete account" testid="delete-group" danger about="There is no way back.">
      <div class="buttons"><button type="button" class="quiet danger" data-testid="delete-account" onClick=${() => setAsking(true)}>Delete my account…</button></div>
      ${asking && html`<${DeleteDialog} account=${account} onClose=${() => setAsking(false)} />`}
    </${Group}>`;
}

const LEFT_BEHIND = [['keep', 'Stay, as of “deleted account”'], ['remove', 'Go, too']];

function DeleteDialog({ account, onClose }) {
  const { username } = account.me.user;
  const form = useForm({
    initial: { messages: 'keep', username: '' },
    check: (values) => ({ username: values.username.trim().toLowerCase() === username.toLowerCase() ? undefined : `Please enter “${username}”.` }),
    send: ({ messages }) => account.delete(messages),
  });
  return html`
    <${Dialog} title="Delete your account?" testid="delete-dialog" small onClose=${onClose}>
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="delete-confirm" danger>Delete for good</${Submit}>
        </footer>`}>
        <p>Your profile, your keys and your ways in are deleted, and every device is signed out.</p>
        <fieldset class="options">
          <legend>What you wrote in rooms</legend>
          ${LEFT_BEHIND.map(([value, words]) => html`
            <label key=${value} class="option"><input type="radio" name="messages" value=${value} data-testid="messages-${value}"
              checked=${form.values.messages === value} onChange=${() => form.put('messages', value)} /><span>${words}</span></label>`)}
        </fieldset>
        <${Field} form=${form} name="username" testid="delete-username" label="Your user name" autocomplete="off" hint="So that this does not happen by accident" />
      </${Form}>
    </${Dialog}>`;
}
