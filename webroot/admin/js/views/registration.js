import { fullTime, mediumTime } from '../../../js/lib/time.js';
import { Field, Form, Select, Submit, useForm } from '../../../js/views/form.js';
import { LinkIcon } from '../../../js/views/icons.js';
import { html, useMemo, useModels } from '../../../js/views/preact.js';
import { Act, CopyButton, Group, Loading, Row } from '../../../js/views/settings-parts.js';
import { linkWish, modeTitle, MODES, originInWords, Registration as Model } from '../models/registration.js';
import { whenInWords } from '../models/values.js';

const ROLES = [['user', 'People'], ['admin', 'Administrators']];
const USES = [['1', 'One account'], ['10', 'Ten accounts'], ['100', 'A hundred accounts'], ['1000', 'A thousand accounts']];
const LIVES = [['24', 'One day'], ['168', 'One week'], ['720', 'Thirty days'], ['8760', 'One year']];

/** Who may make an account, and the links by which people make one. */
export function Registration({ panel }) {
  const model = useMemo(() => new Model({ api: panel.api }), []);
  useModels(model);
  return html`
    <header class="page-head"><div><h2>Registration</h2><p class="hint">Who may make an account here, and links that let people make one.</p></div></header>
    <${Loading} load=${() => model.load()} ready=${model.links}>
      <${Mode} panel=${panel} model=${model} />
      <${NewLink} model=${model} />
      <${Links} panel=${panel} model=${model} />
    </${Loading}>`;
}

function Mode({ panel, model }) {
  const { state } = model;
  return html`
    <${Group} title="Who may make an account" testid="registration-mode">
      <p>Now: <b data-testid="mode">${modeTitle(state.mode)}</b></p>
      <p class=${state.fixed ? 'note' : 'hint'} role="status" data-testid="mode-origin">${originInWords(state)}</p>
      ${!state.fixed && html`<${ChangeMode} panel=${panel} model=${model} />`}
    </${Group}>`;
}

function ChangeMode({ panel, model }) {
  const { mode: now } = model.state;
  const form = useForm({
    initial: { mode: now },
    send: async ({ mode }) => {
      const changed = await model.change(mode);
      panel.notify(changed ? `Registration: ${modeTitle(mode)}.` : 'Nothing has changed: the start of the server says who may make an account.');
    },
  });
  return html`
    <${Form} form=${form} class="registration-form" buttons=${html`<div class="buttons"><${Submit} form=${form} testid="change-mode" disabled=${form.values.mode === now}>Change</${Submit}></div>`}>
      <fieldset class="options">
        <legend>Change it to</legend>
        ${MODES.map(({ mode, title, says }) => html`
          <label key=${mode} class="option">
            <input type="radio" name="mode" value=${mode} checked=${form.values.mode === mode} data-testid="mode-${mode}" onChange=${() => form.put('mode', mode)} />
            <span>${title} <span class="hint">${says}</span></span></label>`)}
      </fieldset>
    </${Form}>`;
}

function NewLink({ model }) {
  const form = useForm({
    initial: { role: 'user', uses: '1', hours: '168', note: '' },
    subjects: { note: 'The note', role: 'The role', maxUses: 'The number', expiresInHours: 'The time' },
    send: (values) => model.make(linkWish(values)),
  });
  const { made } = model;
  const idle = model.state.mode === 'closed' && form.values.role === 'user';
  return html`
    <${Group} title="Invite people" testid="new-link" about="Whoever opens the link makes an account with it.">
      <${Form} form=${form} class="registration-form" buttons=${html`<div class="buttons"><${Submit} form=${form} testid="make-link">Make a link</${Submit}></div>`}>
        <div class="two">
          <${Select} form=${form} name="role" testid="link-role" label="It makes" options=${ROLES} hint=${idle ? 'While registration is closed only links for administrators work.' : undefined} />
          <${Select} form=${form} name="uses" testid="link-uses" label="Good for" options=${USES} />
          <${Select} form=${form} name="hours" testid="link-hours" label="Works for" options=${LIVES} />
          <${Field} form=${form} name="note" testid="link-note" label="Note" optional maxlength="100" autocomplete="off" />
        </div>
      </${Form}>
      ${made && html`
        <div class="note made" role="status" data-testid="made-link">
          <p>Copy it now: it is not shown again.</p>
          <code class="secret" data-testid="link-url">${made.url}</code>
          <div class="buttons"><${CopyButton} text=${made.url} testid="copy-link">Copy the link</${CopyButton}></div>
        </div>`}
    </${Group}>`;
}

function Links({ panel, model }) {
  const { links, next } = model;
  return html`
    <${Group} title="Links that are good" testid="links">
      ${links.length ? html`<ul class="list">${links.map((link) => html`<${Link} key=${link.id} panel=${panel} model=${model} link=${link} />`)}</ul>`
        : html`<p class="hint" data-testid="no-links">None${next ? ' among the newest' : ''}.</p>`}
      ${next && html`<div class="buttons"><${Act} testid="older-links" onAct=${() => model.more()}>Older ones</${Act}></div>`}
    </${Group}>`;
}

function Link({ panel, model, link: { id, role, note, uses, maxUses, expiresAt, createdAt, createdBy } }) {
  const name = note ?? `the link of ${createdBy?.displayName ?? 'the command line'}`;
  const end = async () => {
    await model.end(id);
    panel.notify('The link has ended.');
  };
  return html`
    <${Row} icon=${LinkIcon} testid="link" action=${html`
      <${Act} testid="end-link" label="End ${name}" danger onAct=${end}
        question=${{ title: 'End this link?', action: 'End it', text: 'Nobody makes an account by it any more. Accounts that it made stay.' }}>End</${Act}>`}>
      <p class="row-name"><bdi>${note ?? createdBy?.displayName ?? 'Command line'}</bdi>${role === 'admin' && html` <span class="tag warn">Administrators</span>`}</p>
      <p class="hint">${uses} of ${maxUses} used · until <time datetime=${expiresAt} title=${fullTime(expiresAt)}>${mediumTime(expiresAt)}</time></p>
      <p class="hint">Made ${whenInWords(createdAt)}${note && createdBy && html` by <bdi>${createdBy.displayName}</bdi>`}</p>
    </${Row}>`;
}
