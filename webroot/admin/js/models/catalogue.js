import { Observable } from '../../../js/lib/observable.js';

/** The models that there are, as the server describes them: their columns, orders, filters and what can be done to a row. */
export class Catalogue extends Observable {
  /** Null until they are here. */
  models = null;

  constructor({ api }) {
    super();
    this.api = api;
  }

  async load() {
    this.models = (await this.api.get('admin/models')).items;
    this.changed();
  }

  get(name) {
    return this.models?.find((model) => model.name === name);
  }

  /** Lists that can be narrowed to what belongs to one row of `name`: `[{model, filter}]`. */
  related(name) {
    return (this.models ?? []).flatMap((model) =>
      model.filters.filter(({ references }) => references === name).map((filter) => ({ model, filter })));
  }
}

/** Among so many columns of a list stands what a row is called, and what opens it. */
const FRONT = 5;
const LONGEST = 80;

const isText = ({ type, label, references }) => type === 'text' || (references && label);
const textOf = ({ name, label }, row) => String(row[label ?? name] ?? '').trim();

/** What a row is called: its first text; where that only says whose it is, with the next word. Or else its id. */
export function rowName(model, row) {
  const words = listColumns(model).slice(0, FRONT).filter((column) => (isText(column) || column.type === 'choice') && textOf(column, row));
  const first = words.findIndex(isText);
  if (first < 0) return String(row.id);
  return cut(words.slice(first, first + (words[first].label ? 2 : 1)).map((column) => textOf(column, row)).join(', '));
}

/** The names in a page of rows: their own, and those that stand beside references. `[[id, name]]` */
export function namesIn(model, rows) {
  const labels = listColumns(model).filter(({ label }) => label);
  return rows.flatMap((row) => [[row.id, rowName(model, row)], ...labels.map(({ name, label }) => [row[name], row[label]])]).filter(([id, name]) => id && name);
}

const cut = (text) => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join('')}…` : text);

/** The column whose value leads to the row: its first text, or else the first that leads nowhere else. */
export function openingColumn(columns) {
  return columns.slice(0, FRONT).find(({ type }) => type === 'text') ?? columns.find(({ references }) => !references) ?? columns[0];
}

/**
 * The columns of a list. A name that stands beside a reference (`userId` and `userIdName`) is shown as the words of its link:
 * `{…column, label}`, `label` being the column that holds them.
 */
export function listColumns(model) {
  const names = new Set(model.columns.map(({ name }) => name));
  const labels = new Map(model.columns.filter(({ name, references }) => references && names.has(`${name}Name`)).map(({ name }) => [`${name}Name`, name]));
  return model.columns.filter(({ name }) => !labels.has(name))
    .map((column) => (labels.has(`${column.name}Name`) ? { ...column, label: `${column.name}Name` } : column));
}

/** The orders that are offered, now that one searches and these filters are set: what is found by an index comes in its order. */
export function sortsFor(model, { q, filters }) {
  if (q) return [];
  const limits = filters.map(({ name }) => model.filters.find((one) => one.name === name)?.sorts).filter(Boolean);
  return model.sorts.filter(({ name }) => limits.every((some) => some.includes(name)));
}

/** The order that the head of a column offers; it may have a name of its own, and then the column's title. */
export const sortOf = (sorts, column) => sorts.find(({ name }) => name === column.name) ?? sorts.find(({ title }) => title === column.title);

/** Without an order that is no longer offered. */
export function fitting(model, query) {
  const name = query.sort.replace(/^-/, '');
  return !name || sortsFor(model, query).some((sort) => sort.name === name) ? query : { ...query, sort: '' };
}

/** Groups in the order in which they first come: `[{group, items}]`. */
export function grouped(items) {
  const groups = new Map();
  for (const item of items) {
    if (!groups.has(item.group)) groups.set(item.group, []);
    groups.get(item.group).push(item);
  }
  return [...groups].map(([group, some]) => ({ group, items: some }));
}
