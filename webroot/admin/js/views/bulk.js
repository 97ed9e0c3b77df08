import { html, useState } from '../../../js/views/preact.js';
import { counted } from '../models/values.js';
import { ActOnRows } from './row-form.js';

/** A row's end, as an action like others. */
export const DELETE = Object.freeze({ name: 'delete', title: 'Delete', dangerous: true });

export const actionsOf = (model) => [...model.actions, ...(model.delete ? [DELETE] : [])];

/** What can be done to the rows that are chosen. */
export function Bulk({ panel, model, rows }) {
  const [action, setAction] = useState(null);
  const chosen = (rows.items ?? []).filter(({ id }) => rows.chosen.has(id));
  if (!chosen.length) return null;
  return html`
    <div class="bulk" role="region" aria-label="Chosen rows" data-testid="bulk">
      <b role="status">${counted(chosen.length, 'row')} chosen</b>
      ${actionsOf(model).map((one) => html`
        <button key=${one.name} type="button" class="quiet tool ${one.dangerous ? 'danger' : ''}" data-testid="bulk-${one.name}" onClick=${() => setAction(one)}>${one.title}</button>`)}
      <button type="button" class="link" data-testid="choose-none" onClick=${() => rows.chooseAll(false)}>Choose none</button>
      ${action && html`<${ActOnRows} panel=${panel} model=${model} action=${action} items=${chosen} onClose=${() => setAction(null)} onDone=${() => rows.reload()} />`}
    </div>`;
}
