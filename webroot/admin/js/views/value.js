import { copyText } from '../../../js/lib/clipboard.js';
import { sizeOf } from '../../../js/models/attachments.js';
import { fullTime } from '../../../js/lib/time.js';
import { CheckIcon } from '../../../js/views/icons.js';
import { html, useEffect, useState } from '../../../js/views/preact.js';
import { rowHref } from '../models/route.js';
import { isNothing, pretty, shortId, whenInWords } from '../models/values.js';
import { CopyIcon } from './icons.js';

/** A value as its column says: in a line of a list, or (`whole`) with all that there is of it. Always text, never markup. */
export function Value({ column, value, label, whole, panel }) {
  if (isNothing(value)) return html`<span class="nothing" aria-label="none">–</span>`;
  const View = VIEWS[column.type] ?? TextValue;
  return html`<${View} column=${column} value=${value} label=${label} whole=${whole} panel=${panel} />`;
}

function TextValue({ value, whole }) {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return html`<span class=${whole ? 'whole-text' : 'line-text'} dir="auto" title=${whole ? undefined : text}>${text}</span>`;
}

const NumberValue = ({ value }) => html`<span class="digits">${Number(value).toLocaleString()}</span>`;

const BytesValue = ({ value }) => html`<span class="digits" title="${Number(value).toLocaleString()} bytes">${sizeOf(Number(value))}</span>`;

function TimeValue({ value, whole }) {
  const full = fullTime(value);
  return html`<time datetime=${value} title=${full}>${whole ? full : whenInWords(value)}</time>`;
}

const BooleanValue = ({ value }) => html`<span class="tag ${value ? 'good' : ''}">${value ? 'Yes' : 'No'}</span>`;

const ChoiceValue = ({ value }) => html`<span class="tag">${value}</span>`;

function IdValue({ column: { references, title }, value, label, whole, panel }) {
  const shown = label && whole ? html`<bdi>${label}</bdi> <code>${value}</code>` : label ? html`<bdi>${label}</bdi>` : html`<code>${whole ? value : shortId(value)}</code>`;
  const known = references && panel.catalogue.get(references);
  return html`
    <span class="id">
      ${known ? html`<a href=${rowHref(references, value)} title=${value}>${shown}</a>` : html`<span title=${value}>${shown}</span>`}
      <${Copy} text=${String(value)} label="Copy ${title}" />
    </span>`;
}

function JsonValue({ value, whole }) {
  return whole
    ? html`<pre class="json" tabindex="0">${pretty(value)}</pre>`
    : html`<code class="line-text">${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;
}

const VIEWS = {
  number: NumberValue, bytes: BytesValue, time: TimeValue, boolean: BooleanValue, choice: ChoiceValue, id: IdValue, json: JsonValue,
};

/** Puts a text on the clipboard, and shows for a moment that it did. */
export function Copy({ text, label }) {
  const [done, setDone] = useState('');
  useEffect(() => {
    const timer = done && setTimeout(() => setDone(''), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = () => copyText(text).then(() => setDone('Copied'), () => setDone('Please copy it by hand'));
  return html`
    <button type="button" class="icon-button copy" data-testid="copy" title=${done || label} aria-label=${label} onClick=${copy}>
      ${done === 'Copied' ? html`<${CheckIcon} />` : html`<${CopyIcon} />`}</button><span class="unseen" role="status">${done}</span>`;
}
