import { agoTime, fullTime, mediumDate } from '../lib/time.js';
import { agentName, isPhone } from '../models/agent.js';
import { KeyIcon, LaptopIcon, PhoneIcon } from './icons.js';
import { html } from './preact.js';
import { Act, Badge, Group, Loading, Row } from './settings-parts.js';

/** Where I am signed in, and an end to each. */
export function Sessions({ chat, account }) {
  const others = account.sessions?.filter(({ current }) => !current) ?? [];
  return html`
    <${Group} title="Devices" testid="sessions-group" about="Where you are signed in. What you do not know, sign out.">
      <${Loading} load=${() => account.loadSessions()} ready=${account.sessions}>
        <ul class="list">
          ${account.sessions?.map((session) => html`<${SessionRow} key=${session.id} session=${session} chat=${chat} account=${account} />`)}
        </ul>
        ${others.length > 0 && html`
          <div class="buttons"><${Act} testid="end-others" question=${{
            title: 'Sign out everywhere else?', action: 'Sign out', text: 'Only this device stays signed in. The others have to sign in again.',
          }} onAct=${async () => { await account.endOtherSessions(); chat.notify('All other devices are signed out.'); }}>Sign out everywhere else</${Act}></div>`}
      </${Loading}>
    </${Group}>`;
}

function SessionRow({ session, chat, account }) {
  const { id, kind, current, createdAt, lastSeenAt, address, agent } = session;
  const name = agentName(agent) || (kind === 'program' ? 'A program' : 'A browser');
  const icon = kind === 'program' ? KeyIcon : isPhone(agent) ? PhoneIcon : LaptopIcon;
  const end = async () => {
    await account.endSession(id);
    chat.notify(`${name} is signed out.`);
  };
  return html`
    <${Row} icon=${icon} testid="session" data-current=${current} action=${!current && html`
        <${Act} testid="end-session" label="Sign out ${name}" onAct=${end}>Sign out</${Act}>`}>
      <p class="row-name"><bdi title=${agent}>${name}</bdi>${current && html` <${Badge} kind="good">This device</${Badge}>`}
        ${kind === 'program' && html` <${Badge}>Program</${Badge}>`}</p>
      <p class="hint">${current ? 'Active now' : html`Active <time datetime=${lastSeenAt} title=${fullTime(lastSeenAt)}>${agoTime(lastSeenAt)}</time>`}
        ${address && html` · <bdi>${address}</bdi>`} · since <time datetime=${createdAt} title=${fullTime(createdAt)}>${mediumDate(createdAt)}</time></p>
    </${Row}>`;
}
