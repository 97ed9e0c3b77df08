import { plain } from '../../../js/lib/text.js';
import { ConfirmIdentity } from '../../../js/views/confirm-identity.js';
import { html, useEffect, useLayoutEffect, useModels } from '../../../js/views/preact.js';
import { List } from './list.js';
import { Notices } from './notices.js';
import { PAGES } from './pages.js';
import { useRoute } from './route.js';
import { Row } from './row.js';
import { Shell } from './shell.js';

const WHY = 'This changes the server for everybody, and you signed in a while ago.';

/** The whole panel, for somebody who is signed in; before that a moment of waiting, after it nothing. */
export function App({ panel, confirmation }) {
  useModels(panel.session, panel.catalogue, confirmation);
  const route = useRoute();
  const { session, account } = panel;
  if (session.state === 'in') {
    return html`
      <${Shell} panel=${panel} route=${route}>
        <${Page} panel=${panel} route=${route} />
      </${Shell}>
      <${Notices} panel=${panel} />
      ${confirmation.asked && html`<${ConfirmIdentity} confirmation=${confirmation} account=${account} why=${WHY} />`}`;
  }
  return html`<main class="splash" role="status"><p>${session.unreachable ? 'The server cannot be reached. Trying again…' : session.state === 'out' ? '' : 'One moment…'}</p></main>`;
}

function Page({ panel, route }) {
  const own = PAGES.find(({ page }) => page === route.page);
  const model = own ? undefined : panel.catalogue.get(route.page);
  const zone = panel.account.timeZone;
  useModels(panel.account);
  if (own && (!own.needs || panel.catalogue.get(own.needs))) return html`<${Titled} title=${own.title} /><${own.view} key=${`${route.page} ${zone}`} panel=${panel} route=${route} />`;
  if (!panel.catalogue.models) return html`<p class="hint" role="status" aria-busy="true">Loading…</p>`;
  if (!model) return html`<${Titled} title="Nothing here" /><${NothingHere} />`;
  return html`
    <${Titled} title=${model.title} />
    ${route.id === undefined
      ? html`<${List} key=${`${model.name} ${zone}`} panel=${panel} model=${model} route=${route} />`
      : html`<${Row} key=${`${model.name} ${route.id} ${zone}`} panel=${panel} model=${model} id=${route.id} />`}`;
}

function Titled({ title }) {
  useLayoutEffect(() => { document.title = `${plain(title)} · Administration · Parley`; }, [title]);
  useEffect(() => () => { document.title = 'Administration · Parley'; }, []);
  return null;
}

function NothingHere() {
  return html`
    <div class="empty" data-testid="nothing-here">
      <h2>Nothing here</h2>
      <p>The address leads to nothing that this server has. <a href="#/">To the dashboard</a></p>
    </div>`;
}
