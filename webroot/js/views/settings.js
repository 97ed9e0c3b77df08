import { Avatar } from './avatar.js';
import { ConnectionBanner } from './connection.js';
import { BackIcon, LetterIcon, LockIcon, PersonIcon, ShieldIcon } from './icons.js';
import { html, useEffect, useModels, useRef } from './preact.js';
import { settingsHref } from './route.js';
import { AccountSettings } from './settings-account.js';
import { Loading } from './settings-parts.js';
import { PrivacySettings } from './settings-privacy.js';
import { ProfileSettings } from './settings-profile.js';
import { SecuritySettings } from './settings-security.js';

const PAGES = {
  profile: { title: 'Profile', icon: PersonIcon, about: 'How others see you.', view: ProfileSettings },
  security: { title: 'Security', icon: ShieldIcon, about: 'How you sign in, and where you are.', view: SecuritySettings },
  privacy: { title: 'Privacy', icon: LockIcon, about: 'Who may write to you, and who may not.', view: PrivacySettings },
  account: { title: 'Account', icon: LetterIcon, about: 'Your address, your data, and leaving.', view: AccountSettings },
};

/** The settings: their sections at the left (at the top of a phone), the open one beside them. */
export function Settings({ chat, session, account, section }) {
  useModels(account);
  const { title, about, view: View } = PAGES[section];
  const heading = useRef();
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [section]);
  return html`
    <div class="shell in-settings" data-testid="settings-page">
      <aside class="sidebar" aria-label="Settings">
        <header class="bar">
          <a class="icon-button" href="#/" data-testid="leave-settings" title="Back" aria-label="Back to the conversations"><${BackIcon} /></a>
          <h1>Settings</h1>
        </header>
        <${Sections} open=${section} />
        <footer class="me">
          <${Avatar} user=${chat.me} />
          <span class="who"><bdi class="name">${chat.me.displayName}</bdi><bdi class="handle">@${chat.me.username}</bdi></span>
        </footer>
      </aside>
      <div class="pane">
        <${ConnectionBanner} bus=${chat.bus} />
        <main class="settings" aria-labelledby="settings-title">
          <div class="settings-content">
            <header><h2 id="settings-title" tabindex="-1" ref=${heading}>${title}</h2><p class="hint">${about}</p></header>
            <${Loading} load=${() => account.load()} ready=${account.me}>
              <${View} key=${section} chat=${chat} session=${session} account=${account} />
            </${Loading}>
          </div>
        </main>
      </div>
    </div>`;
}

function Sections({ open }) {
  return html`
    <nav class="sections" aria-label="Sections">
      <ul>
        ${Object.entries(PAGES).map(([name, { title, icon: Icon }]) => html`
          <li key=${name}><a href=${settingsHref(name)} data-testid="section-${name}" aria-current=${name === open ? 'page' : undefined}>
            <${Icon} />${title}</a></li>`)}
      </ul>
    </nav>`;
}
