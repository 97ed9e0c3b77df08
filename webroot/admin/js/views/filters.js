import { CloseIcon, SearchIcon } from '../../../js/views/icons.js';
import { html, useEffect, useId, useRef, useSettled, useState } from '../../../js/views/preact.js';
import { fitting, rowName, sortOf, sortsFor } from '../models/catalogue.js';
import { listHref, withFilter, withoutFilter } from '../models/route.js';
import { inWords } from '../models/values.js';
import { FilterIcon } from './icons.js';
import { go } from './route.js';

const SETTLES = 300;
const SUGGESTED = 8;
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** Searches once one has stopped typing. Each search takes the place of the one before in the history. */
export function Search({ model, query }) {
  const [text, setText] = useState(query.q);
  const sent = useRef(query.q);
  const field = useRef();
  const settled = useSettled(text, SETTLES);
  const send = (q) => {
    if (q === sent.current) return;
    sent.current = q;
    go(listHref(model.name, fitting(model, { ...query, q, after: '' })), { instead: true });
  };
  useEffect(() => send(settled.trim()), [settled]);
  useEffect(() => {
    if (query.q === sent.current) return;
    sent.current = query.q;
    setText(query.q);
  }, [query.q]);
  useSlash(field);
  return html`
    <form role="search" class="search" onSubmit=${(event) => { event.preventDefault(); send(text.trim()); }}>
      <${SearchIcon} />
      <input ref=${field} type="search" data-testid="search" value=${text} maxlength="200" placeholder="Search" aria-label="Search ${model.title}" aria-keyshortcuts="/"
        autocomplete="off" spellcheck=${false} dir="auto" onInput=${(event) => setText(event.target.value)} />
    </form>`;
}

/** `/` leads to the search, unless one is writing. */
function useSlash(field) {
  useEffect(() => {
    const key = (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.closest?.('input, textarea, select, dialog')) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);
}

/** The filters that are set, each with an end to it, and a form for another one. */
export function Filters({ panel, model, query, onChange }) {
  const [adding, setAdding] = useState(false);
  const button = useRef();
  if (!model.filters.length) return null;
  const close = () => {
    setAdding(false);
    button.current?.focus();
  };
  return html`
    <div class="filters">
      ${query.filters.map(({ name, value }) => html`<${Chip} key=${name} panel=${panel} filter=${filterOf(model, name)} value=${value} onEnd=${() => onChange(withoutFilter(query, name))} />`)}
      <button ref=${button} type="button" class="quiet tool" data-testid="add-filter" aria-expanded=${adding} onClick=${() => setAdding(!adding)}><${FilterIcon} />Filter</button>
      ${adding && html`<${AddFilter} panel=${panel} model=${model} onClose=${close} onAdd=${(name, value) => { close(); onChange(withFilter(query, name, value)); }} />`}
    </div>`;
}

const filterOf = (model, name) => model.filters.find((filter) => filter.name === name) ?? { name, title: name, type: 'text' };

function Chip({ panel, filter, value, onEnd }) {
  const words = filter.type === 'boolean' ? inWords(filter, value === 'true') : (filter.references && panel.nameOf(value)) || value;
  return html`
    <span class="chip" data-testid="filter-chip"><span>${filter.title}: <bdi title=${value}>${words}</bdi></span>
      <button type="button" class="icon-button" aria-label="Remove the filter ${filter.title}" data-testid="remove-filter" onClick=${onEnd}><${CloseIcon} /></button></span>`;
}

/** Rows of the model that is referred to, by the beginning of their names: `[{id, name}]`. Who knows an id may give that. */
function useFound(panel, references, text) {
  const [found, setFound] = useState([]);
  const settled = useSettled(text.trim(), SETTLES);
  const model = references && panel.catalogue.get(references);
  useEffect(() => {
    let wanted = true;
    setFound([]);
    if (model?.searchable && settled && !ID.test(settled)) {
      panel.api.get(`admin/${references}`, { q: settled, limit: SUGGESTED })
        .then(({ items }) => { if (wanted) setFound(items.map((row) => ({ id: row.id, name: rowName(model, row) }))); }, () => {});
    }
    return () => { wanted = false; };
  }, [settled, references]);
  return found;
}

function AddFilter({ panel, model, onAdd, onClose }) {
  const [name, setName] = useState(model.filters[0].name);
  const [value, setValue] = useState('');
  const first = useRef();
  const id = useId();
  useEffect(() => first.current.focus(), []);
  const filter = filterOf(model, name);
  const choices = filter.type === 'boolean' ? [['true', 'Yes'], ['false', 'No']] : filter.values?.map((one) => [one, one]);
  const chosen = value || choices?.[0][0] || '';
  const found = useFound(panel, filter.references, value);
  const submit = (event) => {
    event.preventDefault();
    const one = found.find((each) => each.name === chosen.trim());
    if (one) panel.remember(one.id, one.name);
    if (chosen.trim()) onAdd(name, one?.id ?? chosen.trim());
  };
  return html`
    <form class="add-filter" data-testid="filter-form" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === 'Escape') onClose(); }}>
      <label for="${id}-name" class="unseen">What to filter by</label>
      <select ref=${first} id="${id}-name" data-testid="filter-name" value=${name} onChange=${(event) => { setName(event.target.value); setValue(''); }}>
        ${model.filters.map((one) => html`<option key=${one.name} value=${one.name}>${one.title}</option>`)}
      </select>
      <label for="${id}-value" class="unseen">${filter.title}</label>
      ${choices
        ? html`<select id="${id}-value" data-testid="filter-value" value=${chosen} onChange=${(event) => setValue(event.target.value)}>
            ${choices.map(([one, words]) => html`<option key=${one} value=${one}>${words}</option>`)}</select>`
        : html`<input id="${id}-value" data-testid="filter-value" value=${value} maxlength="250" autocomplete="off" spellcheck=${false} dir="auto"
            list=${filter.references ? `${id}-found` : undefined}
            placeholder=${filter.references ? 'a name or an id' : filter.type === 'id' ? 'the whole id' : filter.type === 'time' ? '2026-03-07T09:00:00Z' : ''} onInput=${(event) => setValue(event.target.value)} />`}
      ${filter.references && html`<datalist id="${id}-found" data-testid="filter-found">${found.map((one) => html`<option key=${one.id} value=${one.name}></option>`)}</datalist>`}
      <button type="submit" class="primary" data-testid="apply-filter">Apply</button>
      <button type="button" class="quiet" onClick=${onClose}>Cancel</button>
    </form>`;
}

/** For orders that stand in no column's head, and for a phone, where columns have none. */
export function SortBy({ model, query, onChange }) {
  const id = useId();
  const sorts = sortsFor(model, query);
  if (!sorts.length) return null;
  const allInHeads = sorts.every((sort) => model.columns.some((column) => sortOf(sorts, column) === sort));
  return html`
    <span class="sort-by ${allInHeads ? 'in-heads' : ''}">
      <label for=${id}>Order</label>
      <select id=${id} data-testid="sort-by" value=${query.sort} onChange=${(event) => onChange({ ...query, sort: event.target.value, after: '' })}>
        <option value="">Default</option>
        ${sorts.flatMap(({ name, title }) => [html`<option value=${name}>${title} ↑</option>`, html`<option value="-${name}">${title} ↓</option>`])}
      </select>
    </span>`;
}
