import { whyNotIn } from '../models/problems.js';
import { ChatView } from './chat.js';
import { ConfirmIdentity } from './confirm-identity.js';
import { ConfirmEmail, Entrance, Reset } from './entrance.js';
import { html, useEffect, useModels } from './preact.js';
import { goToSettings, LINK_HREF, useRoute } from './route.js';

/** The whole page: a moment of waiting, the ways in, or the chat. */
export function App({ session, chat, account, confirmation, api }) {
  useModels(session, confirmation);
  const route = useRoute();
  useEffect(() => {
    if (chat && session.state === 'in' && route.page === 'sign-in-failed') linkFailed(route.slug, { chat, confirmation });
  }, [route, chat, session.state]);
  return html`
    ${page({ session, chat, account, api, route })}
    ${confirmation.asked && html`<${ConfirmIdentity} confirmation=${confirmation} account=${account} api=${api} />`}`;
}

/** Somebody who is signed in wanted to add an account of another provider, and comes back without it. */
async function linkFailed(slug, { chat, confirmation }) {
  goToSettings('security');
  if (slug !== 'confirm-first') chat.notify(whyNotIn(slug));
  else if (await confirmation.ask()) location.assign(LINK_HREF);
}

function page({ session, chat, account, api, route }) {
  if (session.state === 'unknown') return html`<${Waiting} unreachable=${session.unreachable} />`;
  if (route.page === 'reset') return html`<${Reset} key=${route.token} api=${api} session=${session} token=${route.token} />`;
  if (route.page === 'confirm-email') return html`<${ConfirmEmail} key=${route.token} api=${api} account=${account} token=${route.token} />`;
  if (session.state === 'in' && chat) return html`<${ChatView} chat=${chat} session=${session} account=${account} route=${route} />`;
  return html`<${Entrance} session=${session} api=${api} route=${route} />`;
}

function Waiting({ unreachable }) {
  return html`
    <main class="splash" role="status">
      <img src="favicon.svg" alt="" width="64" height="64" />
      <p>${unreachable ? 'The server cannot be reached. Trying again…' : 'One moment…'}</p>
    </main>`;
}
