import { checkNewPassword, Form, PasswordField, Submit, useForm } from './form.js';
import { html } from './preact.js';
import { Group } from './settings-parts.js';

const EMPTY = { current: '', password: '' };

/** Changes the password, or gives one to an account that had none. This browser stays signed in. */
export function ChangePassword({ chat, account }) {
  const { user, email, hasPassword = true } = account.me;
  const form = useForm({
    initial: EMPTY, subjects: { current: 'This', password: 'The password' },
    check: ({ current, password }) => ({
      current: hasPassword && !current ? 'Please enter your current password.' : undefined,
      password: checkNewPassword(password),
    }),
    send: async ({ current, password }) => {
      await account.changePassword(current, password);
      form.start(EMPTY);
      chat.notify('Your password is changed. Every other device was signed out.');
      account.loadSessions().catch(() => {});
    },
  });
  return html`
    <${Group} title="Password" testid="password-group"
      about=${hasPassword ? 'Changing it signs out every other device.' : 'You sign in without a password. You can add one.'}>
      <${Form} form=${form} class="settings-form" data-testid="password-form"
        buttons=${html`<div class="buttons"><${Submit} form=${form} testid="change-password">${hasPassword ? 'Change password' : 'Set a password'}</${Submit}></div>`}>
        <input type="text" name="username" autocomplete="username" value=${user.username} hidden readonly />
        ${hasPassword && html`<${PasswordField} form=${form} name="current" testid="current-password" label="Current password" />`}
        <${PasswordField} form=${form} name="password" testid="new-password" label="New password" hint="At least 8 characters"
          names=${[user.username, user.displayName, email]} />
      </${Form}>
    </${Group}>`;
}
