import { mediumDate } from '../lib/time.js';
import { LinkIcon } from './icons.js';
import { html } from './preact.js';
import { LINK_HREF } from './route.js';
import { Act, Group, Loading, Row } from './settings-parts.js';

/** Accounts elsewhere that open this one. Left out where there is none and none can come. */
export function Identities({ chat, account, provider }) {
  const { identities } = account;
  if (!provider && identities && !identities.length) return null;
  return html`
    <${Group} title="Accounts elsewhere" testid="identities-group" about="By which you can sign in here as well.">
      <${Loading} load=${() => account.loadIdentities()} ready=${identities}>
        ${identities?.length ? html`
          <ul class="list">${identities.map((one) => html`<${IdentityRow} key=${one.id} identity=${one} chat=${chat} account=${account} />`)}</ul>`
          : html`<p class="hint">None yet.</p>`}
        ${provider && html`<div class="buttons"><a class="quiet" data-testid="link-provider" href=${LINK_HREF}>Connect ${provider.name}</a></div>`}
      </${Loading}>
    </${Group}>`;
}

/** The issuer's address as people know it. */
const spoken = (issuer) => (URL.canParse?.(issuer) ? new URL(issuer).host : issuer);

function IdentityRow({ identity: { id, provider: issuer, name, subject, createdAt }, chat, account }) {
  const provider = spoken(issuer);
  return html`
    <${Row} icon=${LinkIcon} testid="identity" action=${html`
      <${Act} testid="unlink" label="Unlink ${provider}" onAct=${async () => { await account.unlink(id); chat.notify(`${provider} is unlinked.`); }}
        question=${{ title: `Unlink ${provider}?`, action: 'Unlink', text: 'You can no longer sign in here with it.' }}>Unlink</${Act}>`}>
      <p class="row-name"><bdi>${provider}</bdi></p>
      <p class="hint"><bdi>${name ?? subject}</bdi> · since ${mediumDate(createdAt)}</p>
    </${Row}>`;
}
