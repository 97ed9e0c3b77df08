import { explain } from '../models/problems.js';
import { Avatar } from './avatar.js';
import { html, useAction, useModels } from './preact.js';
import { Act, Group, Loading } from './settings-parts.js';

const FROM = [['everyone', 'Everyone here'], ['shared', 'Only people I share a room with']];

/** Who may write to me, and who may not. */
export function PrivacySettings({ chat }) {
  const { blocks } = chat;
  useModels(blocks);
  return html`
    <${Group} title="Who may write to you" testid="direct-group" about="Who can begin a conversation with you. Those that are there already stay.">
      <${Loading} load=${() => blocks.loadPrivacy()} ready=${blocks.directFrom}><${DirectFrom} blocks=${blocks} /></${Loading}>
    </${Group}>
    <${Group} title="Blocked people" testid="blocks-group" about="They cannot write to you directly, and their mentions do not reach you. They are not told.">
      <${Loading} load=${() => blocks.load()} ready=${blocks.loaded}>
        ${blocks.list().length ? html`<ul class="list">${blocks.list().map((user) => html`<${Blocked} key=${user.id} blocks=${blocks} user=${user} />`)}</ul>`
          : html`<p class="hint">Nobody.</p>`}
      </${Loading}>
    </${Group}>`;
}

function DirectFrom({ blocks }) {
  const { busy, problem, run } = useAction((value) => blocks.setPrivacy(value));
  return html`
    <fieldset class="options" aria-busy=${busy}>
      <legend class="unseen">Who may write to you</legend>
      ${FROM.map(([value, words]) => html`
        <label key=${value} class="option"><input type="radio" name="direct-from" value=${value} data-testid="direct-${value}"
          checked=${blocks.directFrom === value} onChange=${() => run(value)} /><span>${words}</span></label>`)}
    </fieldset>
    ${problem && html`<p class="error" role="alert">${explain(problem)}</p>`}`;
}

function Blocked({ blocks, user }) {
  return html`
    <li class="row" data-testid="blocked">
      <${Avatar} user=${user} />
      <div class="row-text who"><bdi class="name">${user.displayName}</bdi><bdi class="handle">@${user.username}</bdi></div>
      <${Act} testid="unblock" label="Unblock ${user.displayName}" onAct=${() => blocks.unblock(user)}>Unblock</${Act}>
    </li>`;
}
