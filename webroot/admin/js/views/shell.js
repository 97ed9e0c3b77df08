import { Avatar } from '../../../js/views/avatar.js';
import { BackIcon, SignOutIcon } from '../../../js/views/icons.js';
import { html, useAction, useEffect, useModels, useState } from '../../../js/views/preact.js';
import { Loading } from '../../../js/views/settings-parts.js';
import { grouped } from '../models/catalogue.js';
import { MenuIcon } from './icons.js';
import { PAGES } from './pages.js';

/** What stands around every page: where one can go at the left (behind a button on a phone), who one is above. */
export function Shell({ panel, route, children }) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [route]);
  const key = (event) => { if (event.key === 'Escape') setOpen(false); };
  return html`
    <div class="admin ${open ? 'nav-open' : ''}" onKeyDown=${key}>
      <a class="skip" href="#content" onClick=${skip}>To the content</a>
      <header class="admin-bar">
        <button type="button" class="icon-button nav-button" data-testid="nav-button" aria-label="Menu" aria-expanded=${open} aria-controls="admin-nav"
          onClick=${() => setOpen(!open)}><${MenuIcon} /></button>
        <img src="favicon.svg" alt="" width="26" height="26" />
        <h1>Administration</h1>
        <${Who} panel=${panel} />
      </header>
      <nav class="admin-nav" id="admin-nav" aria-label="Administration" data-testid="nav"><${Links} panel=${panel} route=${route} /></nav>
      <main class="admin-main" id="content" tabindex="-1">${children}</main>
    </div>`;
}

/** The address is taken by what is open. */
function skip(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}

function Links({ panel, route }) {
  useModels(panel.catalogue);
  const models = (panel.catalogue.models ?? []).filter(({ name }) => !PAGES.some(({ page }) => page === name));
  const pages = PAGES.filter(({ needs }) => !needs || panel.catalogue.get(needs));
  const links = [...pages, ...models.map(({ name, title, group }) => ({ page: name, title, group }))];
  return html`<${Groups} links=${links} open=${route.page} /><${Loading} load=${() => panel.catalogue.load()} ready=${panel.catalogue.models} />`;
}

function Groups({ links, open }) {
  return html`${grouped(links).map(({ group, items }) => html`
    <section key=${group} aria-label=${group}>
      <h2 aria-hidden="true">${group}</h2>
      <ul>${items.map(({ page, title }) => html`
        <li key=${page}><a href="#/${page}" data-testid="nav-${page || 'dashboard'}" aria-current=${page === open ? 'page' : undefined}>${title}</a></li>`)}
      </ul>
    </section>`)}`;
}

function Who({ panel }) {
  const { busy, problem, run } = useAction(() => panel.session.signOut());
  const { me } = panel;
  return html`
    <a class="quiet back-to-chat" href="./" data-testid="back-to-chat"><${BackIcon} /><span>Back to the chat</span></a>
    <span class="admin-who" data-testid="who"><${Avatar} user=${me} size="small" /><bdi class="name">${me?.displayName}</bdi></span>
    <button type="button" class="icon-button" data-testid="logout" title=${problem ? `Could not sign out: ${problem.message}` : 'Sign out'} aria-label="Sign out"
      disabled=${busy} onClick=${() => run()}><${SignOutIcon} /></button>`;
}
