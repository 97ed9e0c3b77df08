// The page: only administrators are given it at all. When their session ends it leads away.

import { Api } from '../../js/lib/api.js';
import { setTimeZone } from '../../js/lib/time.js';
import { Account } from '../../js/models/account.js';
import { Confirmation } from '../../js/models/confirmation.js';
import { SiteCookie } from '../../js/models/credentials.js';
import { Session } from '../../js/models/session.js';
import { html, render } from '../../js/views/preact.js';
import { Panel } from './models/panel.js';
import { App } from './views/app.js';

/** The server's own address, with a slash; it may lie below a path of a proxy. */
const base = new URL('../../', import.meta.url);

const api = new Api(base, { credentials: new SiteCookie() });
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('parley-session') : undefined;
const session = new Session({ api, channel });
const account = new Account({ api, session });
const confirmation = new Confirmation({ api });
const panel = new Panel({ api, session, account });

account.subscribe(({ timeZone }) => setTimeZone(timeZone));
session.subscribe(() => {
  if (session.state === 'out' || (session.user && session.user.role !== 'admin')) location.replace(base);
});

render(html`<${App} panel=${panel} confirmation=${confirmation} />`, document.getElementById('app'));
await session.start();
account.load().catch(() => {});
