import { Account } from '../models/account.js';
import { ApiKeys } from './api-keys.js';
import { Identities } from './identities.js';
import { Passkeys } from './passkeys.js';
import { ChangePassword } from './password-group.js';
import { html, useEffect, useModels, useState } from './preact.js';
import { SecondFactor } from './second-factor.js';
import { Sessions } from './sessions.js';

/** Everything by which one comes in, and where one is in. What this server does not offer is left out. */
export function SecuritySettings({ chat, account }) {
  useModels(account);
  const [methods, setMethods] = useState({});
  useEffect(() => { Account.methods(account.api).then(setMethods, () => {}); }, []);
  return html`
    <${ChangePassword} chat=${chat} account=${account} />
    <${SecondFactor} chat=${chat} account=${account} />
    ${methods.passkeys && html`<${Passkeys} chat=${chat} account=${account} />`}
    <${Sessions} chat=${chat} account=${account} />
    <${ApiKeys} chat=${chat} account=${account} />
    ${account.api.atHome && html`<${Identities} chat=${chat} account=${account} provider=${methods.oidc} />`}`;
}
