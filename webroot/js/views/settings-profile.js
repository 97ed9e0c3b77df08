import { deviceTimeZone, timeZones } from '../lib/time.js';
import { nameTaken } from './auth-form.js';
import { AvatarEditor } from './avatar-editor.js';
import { Field, Form, Select, Submit, useForm } from './form.js';
import { html, useMemo } from './preact.js';
import { Group } from './settings-parts.js';

const SUBJECTS = { displayName: 'The name', username: 'The user name', statusText: 'The status', timeZone: 'The time zone' };

/** Picture, names, status and time zone. */
export function ProfileSettings({ chat, account }) {
  return html`
    ${account.api.atHome && html`<${Group} title="Picture" testid="avatar-group"><${AvatarEditor} chat=${chat} account=${account} /></${Group}>`}
    <${Group} title="About you" testid="profile-group"><${ProfileForm} chat=${chat} account=${account} /></${Group}>`;
}

function ProfileForm({ chat, account }) {
  const { user, timeZone = '' } = account.me;
  const form = useForm({
    initial: { displayName: user.displayName, username: user.username, statusText: user.statusText ?? '', timeZone },
    subjects: SUBJECTS, blame: nameTaken,
    check: ({ displayName, username }) => ({
      displayName: displayName.trim() ? undefined : 'Please enter a name.',
      username: [...username.trim()].length < 2 ? 'At least 2 characters, please.' : undefined,
    }),
    send: async (values) => {
      await account.change(changes(values, account.me));
      chat.notify('Your profile is saved.');
    },
  });
  const zones = useMemo(() => choices(timeZone), [timeZone]);
  const changed = Object.keys(changes(form.values, account.me)).length > 0;
  return html`
    <${Form} form=${form} class="settings-form" data-testid="profile-form"
      buttons=${html`<div class="buttons"><${Submit} form=${form} testid="save-profile" disabled=${!changed}>Save</${Submit}></div>`}>
      <div class="two">
        <${Field} form=${form} name="displayName" testid="profile-name" label="Your name" autocomplete="name" maxlength="128" hint="What others see" />
        <${Field} form=${form} name="username" testid="profile-username" label="User name" autocomplete="username" maxlength="64"
          hint="By which you sign in, and others find you" />
      </div>
      <${Field} form=${form} name="statusText" testid="profile-status" label="Status" optional maxlength="140" autocapitalize="sentences"
        placeholder="On holiday until Monday" hint="Who looks for you sees it" />
      <${Select} form=${form} name="timeZone" testid="profile-zone" label="Time zone" options=${zones} hint="In which the times of messages are told" />
    </${Form}>`;
}

/** What differs from what the server has. An empty text takes the old one away. */
function changes(values, { user, timeZone = '' }) {
  const held = { displayName: user.displayName, username: user.username, statusText: user.statusText ?? '', timeZone };
  const wanted = { ...values, displayName: values.displayName.trim(), username: values.username.trim(), statusText: values.statusText.trim() };
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== held[name]));
}

const choices = (chosen) =>
  [['', `As this device (${spoken(deviceTimeZone())})`], ...timeZones(chosen).map((zone) => [zone, spoken(zone)])];

const spoken = (zone) => zone.replaceAll('_', ' ');
