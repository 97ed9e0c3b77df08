import { saveFile } from '../../../js/lib/save.js';
import { explain } from '../../../js/models/problems.js';
import { BackIcon, PlusIcon } from '../../../js/views/icons.js';
import { html, useAction, useEffect, useMemo, useModels, useState } from '../../../js/views/preact.js';
import { fitting, namesIn } from '../models/catalogue.js';
import { listHref } from '../models/route.js';
import { Rows } from '../models/rows.js';
import { counted, csvName } from '../models/values.js';
import { Bulk } from './bulk.js';
import { Filters, Search, SortBy } from './filters.js';
import { DownloadIcon, OlderIcon, RefreshIcon } from './icons.js';
import { CreateRow } from './row-form.js';
import { go } from './route.js';
import { Table } from './table.js';

/** All rows of a model, page by page: found, ordered, narrowed down, chosen. What is shown stands in the address. */
export function List({ panel, model, route: { query, trail } }) {
  const rows = useMemo(() => new Rows({ api: panel.api, model }), [model]);
  useModels(rows);
  const asked = JSON.stringify(query);
  useEffect(() => { rows.load(query); }, [asked]);
  useMemo(() => namesIn(model, rows.items ?? []).forEach(([id, name]) => panel.remember(id, name)), [rows.items]);
  const turn = (to) => go(listHref(model.name, fitting(model, to)));
  return html`
    <${Head} panel=${panel} model=${model} rows=${rows} />
    <div class="tools">
      ${model.searchable && html`<${Search} model=${model} query=${query} />`}
      <${Filters} panel=${panel} model=${model} query=${query} onChange=${turn} />
      <${SortBy} model=${model} query=${query} onChange=${turn} />
    </div>
    <${Bulk} panel=${panel} model=${model} rows=${rows} />
    <${Body} panel=${panel} model=${model} rows=${rows} query=${query} onChange=${turn} />
    <${Pager} model=${model} rows=${rows} query=${query} trail=${trail} />`;
}

function Head({ panel, model, rows }) {
  const [making, setMaking] = useState(false);
  const { busy, problem, run } = useAction(async () => saveFile(await rows.export(), csvName(model)));
  return html`
    <header class="page-head">
      <div><h2>${model.title}</h2>${model.note && html`<p class="hint">${model.note}</p>`}</div>
      <div class="buttons">
        <button type="button" class="quiet tool" data-testid="refresh" aria-busy=${rows.busy} onClick=${() => rows.reload()}><${RefreshIcon} />Refresh</button>
        <button type="button" class="quiet tool" data-testid="export" aria-disabled=${busy} onClick=${() => busy || run()}><${DownloadIcon} />${busy ? 'One moment…' : 'Export CSV'}</button>
        ${model.create && html`<button type="button" class="primary tool" data-testid="create" onClick=${() => setMaking(true)}><${PlusIcon} />New</button>`}
      </div>
      ${problem && html`<p class="error" role="alert">${explain(problem)}</p>`}
      ${making && html`<${CreateRow} panel=${panel} model=${model} onClose=${() => setMaking(false)} />`}
    </header>`;
}

function Body({ panel, model, rows, query, onChange }) {
  if (rows.problem) {
    return html`
      <p class="error" role="alert" data-testid="list-error">${explain(rows.problem)}
        <button type="button" class="link" onClick=${() => rows.reload()}>Try again</button></p>`;
  }
  if (!rows.items) return html`<p class="hint" role="status" aria-busy="true">Loading…</p>`;
  if (!rows.items.length) return html`<${Empty} query=${query} more=${!!rows.next} onAll=${() => onChange({ ...query, q: '', filters: [], after: '' })} />`;
  return html`<${Table} panel=${panel} model=${model} rows=${rows} query=${query} onChange=${onChange} />`;
}

/** A page may be empty and yet have others after it: the server looks through a bounded number of rows at a time. */
function Empty({ query, more, onAll }) {
  const narrowed = query.q || query.filters.length > 0;
  return html`
    <div class="empty small" data-testid="list-empty">
      <p>${more ? 'Nothing among the rows that were looked through. There are more.' : narrowed ? 'Nothing fits.' : 'There is nothing yet.'}</p>
      ${narrowed && html`<button type="button" class="quiet" data-testid="show-all" onClick=${onAll}>Show all</button>`}
    </div>`;
}

function Pager({ model, rows, query, trail }) {
  const to = (after, way) => go(listHref(model.name, { ...query, after }), { trail: way });
  const back = query.after !== '';
  const known = trail.length > 0;
  if (!rows.items || (!back && !rows.next)) return null;
  return html`
    <nav class="pager" aria-label="Pages">
      <button type="button" class="quiet tool" data-testid="page-first" disabled=${!back} onClick=${() => to('', [])}>First page</button>
      <button type="button" class="quiet tool" data-testid="page-before" disabled=${!back || !known}
        onClick=${() => to(trail.at(-1), trail.slice(0, -1))}><${BackIcon} />Previous</button>
      <span class="hint" role="status">${known ? `Page ${trail.length + 1}, ` : ''}${counted(rows.items.length, 'row')}</span>
      <button type="button" class="quiet tool" data-testid="page-next" disabled=${!rows.next}
        onClick=${() => to(rows.next, [...trail, query.after])}>Next<${OlderIcon} /></button>
    </nav>`;
}
