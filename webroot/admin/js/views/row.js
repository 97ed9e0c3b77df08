import { plain } from '../../../js/lib/text.js';
import { explain } from '../../../js/models/problems.js';
import { BackIcon } from '../../../js/views/icons.js';
import { html, useAction, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../../../js/views/preact.js';
import { listColumns, rowName } from '../models/catalogue.js';
import { listHref, NO_QUERY, withFilter } from '../models/route.js';
import { Deeds } from '../models/rows.js';
import { actionsOf } from './bulk.js';
import { EditIcon } from './icons.js';
import { ABOVE_ROW, BELONGING, SHOWN_ABOVE } from './pages.js';
import { go } from './route.js';
import { ActOnRows, EditRow } from './row-form.js';
import { Value } from './value.js';

/** One row with all that it holds, what can be done to it, and what belongs to it. */
export function Row({ panel, model, id }) {
  const deeds = useMemo(() => new Deeds({ api: panel.api, model }), [model]);
  const [row, setRow] = useState(null);
  const { problem, run } = useAction(async () => setRow(await deeds.get(id)));
  useEffect(() => { run(); }, [id]);
  if (problem) return html`<${Missing} model=${model} problem=${problem} onAgain=${() => run()} />`;
  if (!row) return html`<p class="hint" role="status" aria-busy="true">Loading…</p>`;
  panel.remember(row.id, rowName(model, row));
  const Above = ABOVE_ROW[model.name];
  return html`
    <${Head} panel=${panel} model=${model} row=${row} reload=${run} />
    ${Above && html`<${Above} panel=${panel} model=${model} row=${row} reload=${run} />`}
    <${AllFields} panel=${panel} model=${model} row=${row} />
    <${Related} panel=${panel} model=${model} row=${row} />`;
}

function Missing({ model, problem, onAgain }) {
  if (problem.status === 404) {
    return html`
      <div class="empty small" data-testid="row-gone"><h2>Not there</h2><p>This row is gone, or has never been.</p>
        <a href=${listHref(model.name)}>To all ${model.title}</a></div>`;
  }
  return html`<p class="error" role="alert">${explain(problem)} <button type="button" class="link" onClick=${onAgain}>Try again</button></p>`;
}

function Head({ panel, model, row, reload }) {
  const [dialog, setDialog] = useState(null);
  const heading = useRef();
  const name = rowName(model, row);
  useEffect(() => heading.current.focus(), []);
  useLayoutEffect(() => { document.title = `${plain(String(name))} · ${model.title} · Parley`; }, [name]);
  const close = () => setDialog(null);
  const done = (answer) => (dialog?.name === 'delete' && answer.done.length ? go(listHref(model.name), { instead: true }) : reload());
  return html`
    <header class="page-head">
      <div>
        <a class="crumb" data-testid="to-list" href=${listHref(model.name)}><${BackIcon} />${model.title}</a>
        <h2 ref=${heading} tabindex="-1" data-testid="row-name"><bdi>${name}</bdi></h2>
      </div>
      <div class="buttons">
        ${model.edit && html`<button type="button" class="quiet tool" data-testid="edit" onClick=${() => setDialog('edit')}><${EditIcon} />Edit</button>`}
        ${actionsOf(model).map((action) => html`
          <button key=${action.name} type="button" class="quiet tool ${action.dangerous ? 'danger' : ''}" data-testid="act-${action.name}" onClick=${() => setDialog(action)}>${action.title}</button>`)}
      </div>
      ${dialog === 'edit' && html`<${EditRow} panel=${panel} model=${model} row=${row} onClose=${close} onDone=${reload} />`}
      ${dialog?.name && html`<${ActOnRows} panel=${panel} model=${model} action=${dialog} items=${[row]} onClose=${close} onDone=${done} />`}
    </header>`;
}

function AllFields({ panel, model, row }) {
  const elsewhere = SHOWN_ABOVE[model.name] ?? [];
  const own = listColumns(model);
  const columns = own.some(({ name }) => name === 'id') ? own : [...own, { name: 'id', title: 'Id', type: 'id' }];
  return html`
    <section class="group" aria-label="All fields">
      <dl class="all-fields" data-testid="all-fields">
        ${columns.filter(({ name }) => !elsewhere.includes(name)).map((column) => html`
          <div key=${column.name} data-testid="value-${column.name}"><dt>${column.title}</dt><dd><${Value} column=${column} value=${row[column.name]} label=${row[column.label]} whole panel=${panel} /></dd></div>`)}
      </dl>
    </section>`;
}

/** Lists that can be narrowed to what belongs to this row. */
function Related({ panel, model, row }) {
  const related = panel.catalogue.related(model.name);
  const pages = BELONGING[model.name] ?? [];
  if (!related.length && !pages.length) return null;
  return html`
    <section class="group" aria-labelledby="related-title">
      <h3 id="related-title">What belongs to it</h3>
      <ul class="related">${related.map(({ model: other, filter }) => html`
        <li key=${`${other.name} ${filter.name}`}><a data-testid="related-${other.name}-${filter.name}" href=${listHref(other.name, withFilter(NO_QUERY, filter.name, row.id))}>${other.title}</a>
          <span class="hint"> by ${filter.title}</span></li>`)}
        ${pages.map(({ title, href }) => html`<li key=${title}><a href=${href(row)}>${title}</a></li>`)}</ul>
    </section>`;
}
