import { Dialog } from '../../../js/views/dialog.js';
import { Form, Submit, useForm } from '../../../js/views/form.js';
import { html, useState } from '../../../js/views/preact.js';
import { rowName } from '../models/catalogue.js';
import { aboutFields, bodyOf, changesOf, checkFields, initialValues } from '../models/fields.js';
import { rowHref } from '../models/route.js';
import { Deeds } from '../models/rows.js';
import { counted } from '../models/values.js';
import { Fields } from './fields.js';
import { go } from './route.js';

/** Of how many rows the names are told, before something is done to them. */
const NAMED = 5;

export function CreateRow({ panel, model, onClose }) {
  const make = async (values) => {
    const made = await new Deeds({ api: panel.api, model }).create(bodyOf(model.create, values));
    onClose();
    panel.notify(`${rowName(model, made)}: made.`);
    go(rowHref(model.name, made.id));
  };
  return html`<${FieldsDialog} title="New: ${model.title}" fields=${model.create} action="Make" send=${make} onClose=${onClose} />`;
}

export function EditRow({ panel, model, row, onClose, onDone }) {
  const change = async (values) => {
    const changes = changesOf(model.edit, values, row);
    if (Object.keys(changes).length) {
      await new Deeds({ api: panel.api, model }).change(row.id, changes);
      panel.notify(`${rowName(model, row)}: saved.`);
    }
    onClose();
    await onDone();
  };
  return html`<${FieldsDialog} title="Edit ${rowName(model, row)}" fields=${model.edit} row=${row} action="Save" send=${change} onClose=${onClose} />`;
}

/** Does something to several rows (or to one), after a question where it has fields or is dangerous; tells what became of each. */
export function ActOnRows({ panel, model, action, items, onClose, onDone }) {
  const [failed, setFailed] = useState(null);
  const fields = action.fields ?? [];
  const act = async (values) => {
    const answer = await new Deeds({ api: panel.api, model }).act(action.name, items.map(({ id }) => id), fields.length ? bodyOf(fields, values) : undefined);
    if (answer.done.length) panel.notify(`${action.title}: ${counted(answer.done.length, 'row')}.`);
    if (answer.failed.length) setFailed(answer.failed);
    else onClose();
    await onDone(answer);
  };
  if (failed) return html`<${Failed} model=${model} action=${action} items=${items} failed=${failed} onClose=${onClose} />`;
  return html`
    <${FieldsDialog} title="${action.title}: ${items.length === 1 ? rowName(model, items[0]) : counted(items.length, 'row')}" fields=${fields}
      action=${action.title} danger=${action.dangerous} send=${act} onClose=${onClose}>
      ${items.length > 1 && html`<p class="hint"><bdi>${items.slice(0, NAMED).map((row) => rowName(model, row)).join(', ')}</bdi>${items.length > NAMED ? ` and ${items.length - NAMED} more` : ''}</p>`}
      ${action.dangerous && html`<p>This is not easily undone.</p>`}
    </${FieldsDialog}>`;
}

function Failed({ model, action, items, failed, onClose }) {
  const name = (id) => rowName(model, items.find((row) => row.id === id) ?? { id });
  return html`
    <${Dialog} title="${action.title}: not everywhere" testid="failed-dialog" small onClose=${onClose}>
      <ul class="failed-list">${failed.map(({ id, detail }) => html`<li key=${id} data-testid="failed-row"><b><bdi>${name(id)}</bdi></b>: ${detail}</li>`)}</ul>
      <footer><button type="button" class="primary" onClick=${onClose}>Close</button></footer>
    </${Dialog}>`;
}

function FieldsDialog({ title, fields, row, action, danger, send, onClose, children }) {
  const form = useForm({
    initial: initialValues(fields, row),
    subjects: Object.fromEntries(fields.map((field) => [field.name, field.title])),
    check: (values) => checkFields(fields, values),
    send: (values) => send(values).catch((problem) => { throw aboutFields(problem); }),
  });
  return html`
    <${Dialog} title=${title} testid="row-dialog" small onClose=${onClose}>
      ${children}
      <${Form} form=${form} buttons=${html`
        <footer>
          <button type="button" class="quiet" data-testid="cancel" onClick=${onClose}>Cancel</button>
          <${Submit} form=${form} testid="row-submit" danger=${danger}>${action}</${Submit}>
        </footer>`}><${Fields} form=${form} fields=${fields} /></${Form}>
    </${Dialog}>`;
}
