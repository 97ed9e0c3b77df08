import { html, useMemo } from '../../../js/views/preact.js';
import { listColumns, openingColumn, rowName, sortOf, sortsFor } from '../models/catalogue.js';
import { rowHref, sortedBy } from '../models/route.js';
import { isNothing, shortId } from '../models/values.js';
import { LISTED } from './pages.js';
import { Value } from './value.js';

/** One page of rows. On a phone each row is a card, so roles are said that the look would take away. */
export function Table({ panel, model, rows, query, onChange }) {
  const columns = useMemo(() => (LISTED[model.name] ?? ((all) => all))(listColumns(model)), [model]);
  const named = openingColumn(columns);
  const choosable = model.delete || model.actions.length > 0;
  return html`
    <div class="table-frame" role="region" aria-label=${model.title} tabindex="0" aria-busy=${rows.busy}>
      <table role="table" class="rows" data-testid="rows">
        <thead role="rowgroup"><tr role="row">
          ${choosable && html`<th role="columnheader" class="pick" scope="col"><input type="checkbox" data-testid="choose-all" aria-label="Choose all rows of this page"
            checked=${rows.allChosen} onChange=${(event) => rows.chooseAll(event.target.checked)} /></th>`}
          ${columns.map((column) => html`<${HeadCell} key=${column.name} column=${column} sorts=${sortsFor(model, query)} query=${query} onChange=${onChange} />`)}
        </tr></thead>
        <tbody role="rowgroup">
          ${rows.items.map((row) => html`<${Line} key=${row.id} panel=${panel} model=${model} rows=${rows} row=${row} columns=${columns} named=${named}
            choosable=${choosable} chosen=${rows.chosen.has(row.id)} />`)}
        </tbody>
      </table>
    </div>`;
}

function HeadCell({ column, sorts, query, onChange }) {
  const { title, type } = column;
  const right = type === 'number' || type === 'bytes' ? 'right' : '';
  const { name } = sortOf(sorts, column) ?? {};
  if (!name) return html`<th role="columnheader" scope="col" class=${right}>${title}</th>`;
  const way = query.sort === name ? 'ascending' : query.sort === `-${name}` ? 'descending' : 'none';
  return html`
    <th role="columnheader" scope="col" class=${right} aria-sort=${way}>
      <button type="button" class="sort" data-testid="sort-${name}" onClick=${() => onChange(sortedBy(query, name))}>
        ${title}<span class="arrow" aria-hidden="true">${{ ascending: '↑', descending: '↓', none: '↕' }[way]}</span></button></th>`;
}

function Line({ panel, model, rows, row, columns, named, choosable, chosen }) {
  return html`
    <tr role="row" data-testid="row" data-id=${row.id} class=${chosen ? 'chosen' : ''} aria-selected=${choosable ? chosen : undefined}>
      ${choosable && html`<td role="cell" class="pick"><input type="checkbox" data-testid="choose" aria-label="Choose ${rowName(model, row)}" checked=${chosen}
        onChange=${(event) => rows.choose(row.id, event.target.checked)} /></td>`}
      ${columns.map((column) => html`
        <td role="cell" key=${column.name} data-title=${column.title} data-column=${column.name} class="is-${column.type}">
          ${column === named ? html`<${Name} model=${model} row=${row} column=${column} panel=${panel} />`
            : column.view ? html`<${column.view} row=${row} panel=${panel} />`
            : html`<${Value} column=${column} value=${row[column.name]} label=${row[column.label]} panel=${panel} />`}</td>`)}
    </tr>`;
}

/** Where the row opens. */
function Name({ model, row, column, panel }) {
  const value = row[column.name];
  return html`
    <a class="row-link" data-testid="open-row" href=${rowHref(model.name, row.id)}>
      ${column.type === 'id' || isNothing(value) ? html`<code>${shortId(row.id)}</code>` : html`<${Value} column=${column} value=${value} panel=${panel} />`}</a>`;
}
