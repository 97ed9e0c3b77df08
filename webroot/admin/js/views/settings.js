import { html, useId, useState } from '../../../js/views/preact.js';
import { shownSettings, sourceInWords } from '../models/settings.js';
import { counted } from '../models/values.js';
import { Loaded, useLoaded } from './loaded.js';
import { Copy } from './value.js';

/** The settings as they are in force, who said so, and what they are for. They change with the next start only. */
export function Settings({ panel }) {
  const loaded = useLoaded(() => panel.api.get('admin/settings'));
  const [text, setText] = useState('');
  const [own, setOwn] = useState(false);
  const id = useId();
  const shown = shownSettings(loaded.found?.items ?? [], { text, own });
  return html`
    <header class="page-head"><div><h2>Settings in force</h2>
      <p class="hint">As the node that answers was started with them. They change with the next start: by the flag, the variable, or a line in its file. What opens something is not shown.</p></div></header>
    <${Loaded} loaded=${loaded}>
      <div class="tools">
        <div class="search"><label class="unseen" for=${id}>Search the settings</label>
          <input id=${id} type="search" class="plain" data-testid="search" placeholder="Search" value=${text} autocomplete="off" spellcheck=${false} onInput=${(event) => setText(event.target.value)} /></div>
        <label class="option"><input type="checkbox" data-testid="own-settings" checked=${own} onChange=${(event) => setOwn(event.target.checked)} /><span>Only what was set here</span></label>
        <span class="hint" role="status">${counted(shown.length, 'setting')}</span>
      </div>
      ${shown.length === 0 ? html`<p class="empty small">Nothing fits.</p>` : html`
        <div class="table-frame" role="region" aria-label="Settings in force" tabindex="0">
          <table role="table" class="rows settings-table" data-testid="settings">
            <thead role="rowgroup"><tr role="row">${['Setting', 'Value', 'Said by', 'Default', 'What it is for'].map((title) => html`<th key=${title} role="columnheader" scope="col">${title}</th>`)}</tr></thead>
            <tbody role="rowgroup">${shown.map((setting) => html`<${Line} key=${setting.name} setting=${setting} />`)}</tbody>
          </table>
        </div>`}
    </${Loaded}>`;
}

function Line({ setting: { name, flag, variable, value, source, standard, says } }) {
  return html`
    <tr role="row" data-testid="setting" data-name=${name}>
      <td role="cell" data-title="Setting"><span class="id"><code title="${flag} or ${variable}">${flag}</code><${Copy} text=${variable} label="Copy ${variable}" /></span></td>
      <td role="cell" data-title="Value" class="is-long">${value ? html`<code dir="auto">${value}</code>` : html`<span class="hint">empty</span>`}</td>
      <td role="cell" data-title="Said by"><span class="tag ${source === 'default' ? '' : 'good'}">${sourceInWords(source)}</span></td>
      <td role="cell" data-title="Default" class="is-long">${standard ? html`<code>${standard}</code>` : html`<span class="nothing" aria-label="none">–</span>`}</td>
      <td role="cell" data-title="What it is for" class="is-long">${says}</td>
    </tr>`;
}
