import { Field, Select, TextField } from '../../../js/views/form.js';
import { html, useId } from '../../../js/views/preact.js';
import { controlOf } from '../models/fields.js';
import { titled } from '../models/values.js';

/** The controls of a form, one a field. */
export function Fields({ form, fields }) {
  return html`${fields.map((field, at) => html`<${Control} key=${field.name} form=${form} field=${field} focused=${at === 0} />`)}`;
}

function Control({ form, field, focused }) {
  const { name, title, maxLength, required } = field;
  const shared = { form, name, label: title, testid: `field-${name}` };
  switch (controlOf(field)) {
    case 'check': return html`<${Check} ...${shared} />`;
    case 'select': return html`<${Select} ...${shared} options=${choices(field)} />`;
    case 'area': return html`<${TextField} ...${shared} rows="6" maxlength=${maxLength} />`;
    case 'time': return html`<${Field} ...${shared} type="datetime-local" optional=${!required} focused=${focused} />`;
    case 'number': return html`<${Field} ...${shared} inputmode="decimal" optional=${!required} focused=${focused} autocomplete="off" />`;
    default: return html`<${Field} ...${shared} maxlength=${maxLength} optional=${!required} focused=${focused} autocomplete="off" />`;
  }
}

function choices({ values, required }) {
  const all = values.map((value) => [value, titled(value)]);
  return required ? all : [['', '–'], ...all];
}

function Check({ form, name, label, testid }) {
  const id = useId();
  const error = form.errors[name];
  return html`
    <div class="field">
      <label class="option"><input type="checkbox" name=${name} data-testid=${testid} checked=${form.values[name]} aria-invalid=${!!error}
        aria-describedby=${error ? `${id}-error` : undefined} onChange=${(event) => form.put(name, event.target.checked)} /><span>${label}</span></label>
      ${error && html`<p class="error" id="${id}-error" role="alert" data-testid="${testid}-error">${error}</p>`}
    </div>`;
}
