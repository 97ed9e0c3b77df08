import { html, useState } from '../../../js/views/preact.js';
import { changedNames, differences, pieces } from '../models/diff.js';
import { counted, parsed, shortId } from '../models/values.js';

/** In the list there is one column for what changed, and the key of the row as words. */
export function auditColumns(columns) {
  return columns.filter(({ name }) => name !== 'after').map((column) => {
    if (column.name === 'before') return { ...column, title: 'What changed', type: 'text', view: Changed };
    return column.name === 'row' ? { ...column, type: 'text', view: Key } : column;
  });
}

function Key({ row: { row } }) {
  const key = parsed(row);
  const parts = key && typeof key === 'object' ? Object.values(key) : [key ?? ''];
  const words = parts.join(' ');
  return words ? html`<code class="line-text" title=${words}>${parts.map(shortId).join(' ')}</code>` : html`<span class="nothing" aria-label="none">–</span>`;
}

function Changed({ row: { before, after } }) {
  const changed = changedNames(before, after);
  return changed.length ? html`<span class="line-text">${changed.join(', ')}</span>` : html`<span class="nothing" aria-label="nothing">–</span>`;
}

const KINDS = { added: 'Added', removed: 'Removed', changed: 'Changed', same: 'Unchanged' };

/** What a change has changed, before and after side by side. */
export function AuditChange({ row }) {
  const [all, setAll] = useState(false);
  const lines = differences(row.before, row.after);
  const unchanged = lines.filter(({ kind }) => kind === 'same').length;
  const shown = all ? lines : lines.filter(({ kind }) => kind !== 'same');
  return html`
    <section class="group" aria-labelledby="diff-title" data-testid="diff">
      <h3 id="diff-title">What has changed</h3>
      ${shown.length > 0 ? html`<${Lines} lines=${shown} />` : html`<p class="hint">Nothing that is kept here: the row says who did what, and not what it held.</p>`}
      ${unchanged > 0 && html`<button type="button" class="link" data-testid="diff-all" aria-pressed=${all} onClick=${() => setAll(!all)}>
        ${all ? 'Only what changed' : `And ${counted(unchanged, 'field that stayed', 'fields that stayed')}`}</button>`}
    </section>`;
}

function Lines({ lines }) {
  return html`
    <div class="table-frame" role="region" aria-labelledby="diff-title" tabindex="0">
      <table class="diff">
        <thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
        <tbody>${lines.map((line) => html`<${Line} key=${line.name} line=${line} />`)}</tbody>
      </table>
    </div>`;
}

function Line({ line: { name, kind, before, after } }) {
  const { start, end, ...parts } = kind === 'changed' ? pieces(before, after) : { start: '', end: '', before, after };
  const side = (part) => html`${start}<mark>${part}</mark>${end}`;
  return html`
    <tr class=${kind} data-testid="diff-line" data-kind=${kind}>
      <th scope="row"><code>${name}</code><span class="unseen"> ${KINDS[kind]}</span></th>
      <td class="before" dir="auto">${before === undefined ? html`<span class="nothing" aria-label="not there">–</span>` : kind === 'same' ? before : html`<del>${side(parts.before)}</del>`}</td>
      <td class="after" dir="auto">${after === undefined ? html`<span class="nothing" aria-label="not there">–</span>` : kind === 'same' ? after : html`<ins>${side(parts.after)}</ins>`}</td>
    </tr>`;
}
